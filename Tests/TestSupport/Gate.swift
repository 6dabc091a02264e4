import Dispatch
import Synchronization

/// Something to wait for on a thread of one's own: it opens once, or it is given up.
public final class Gate: Sendable {
    private enum State {
        case closed
        case open
        case abandoned
    }

    private let state = Mutex(State.closed)
    private let passage = DispatchSemaphore(value: 0)

    /// A closed gate.
    public init() {}

    /// Lets everyone through who waits, now or later. After ``abandon()`` it does nothing.
    public func open() {
        leave(for: .open)
    }

    /// Sends everyone away who waits, now or later. After ``open()`` it does nothing.
    public func abandon() {
        leave(for: .abandoned)
    }

    /// Whether it has been opened.
    public var isOpen: Bool { state.withLock { $0 == .open } }

    /// Blocks the thread until the gate opens or is given up.
    ///
    /// - Returns: whether it opened.
    public func wait() -> Bool {
        passage.wait()
        // Whoever passes holds the door for the next.
        passage.signal()
        return isOpen
    }

    private func leave(for next: State) {
        let changed = state.withLock { state in
            guard state == .closed else { return false }
            state = next
            return true
        }
        if changed { passage.signal() }
    }
}
