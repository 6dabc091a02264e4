import Synchronization

/// What a program has written so far, for others to wait on.
public final class Transcript: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var isOver = false
        var watchers: [(needle: [UInt8], gate: Gate)] = []
    }

    private let state = Mutex(State())
    private let end = Gate()

    /// An empty one.
    init() {}

    /// Everything until now.
    public var bytes: [UInt8] { state.withLock { $0.bytes } }

    /// Opens a gate once these bytes have been written; gives it up when the end comes without them.
    public func open(_ gate: Gate, after needle: [UInt8]) {
        let isOver = state.withLock { state -> Bool? in
            if state.bytes.firstRange(of: needle) != nil { return false }
            if state.isOver { return true }
            state.watchers.append((needle, gate))
            return nil
        }
        switch isOver {
        case .some(true): gate.abandon()
        case .some(false): gate.open()
        case .none: break
        }
    }

    /// Adds what was written.
    func append(_ bytes: some Sequence<UInt8>) {
        let due = state.withLock { state in
            state.bytes += bytes
            let due = state.watchers.filter { state.bytes.firstRange(of: $0.needle) != nil }
            state.watchers.removeAll { watcher in due.contains { $0.gate === watcher.gate } }
            return due
        }
        for watcher in due { watcher.gate.open() }
    }

    /// Says that nothing more will come.
    func finish() {
        let watchers = state.withLock { state in
            state.isOver = true
            defer { state.watchers = [] }
            return state.watchers
        }
        for watcher in watchers { watcher.gate.abandon() }
        end.open()
    }

    /// Blocks the thread until ``finish()``.
    func waitForEnd() {
        _ = end.wait()
    }
}
