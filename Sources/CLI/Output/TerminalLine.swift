import Platform
import Synchronization

/// A line on a terminal that is written over and erased, by whichever thread is the last to write.
final class TerminalLine: Sendable {
    private struct State {
        var shown: String?
        var isHidden = false
        var isOver = false
    }

    private static let erasure = Array("\r\u{1b}[K".utf8)

    private let write: @Sendable ([UInt8]) -> Void
    private let state = Mutex(State())

    /// - Parameter write: writes to the terminal.
    init(write: @escaping @Sendable ([UInt8]) -> Void) {
        self.write = write
    }

    /// Whether nothing is shown any more.
    var isOver: Bool { state.withLock(\.isOver) }

    /// Shows a text in place of the one before.
    func show(_ text: String) {
        state.withLock { state in
            guard !state.isOver, !state.isHidden, text != state.shown else { return }
            write(Self.erasure + Array(text.utf8))
            state.shown = text
        }
    }

    /// Takes the text from the terminal; another may be shown.
    func erase() {
        state.withLock { erase(&$0) }
    }

    /// Takes the text from the terminal, and shows none until others have written what they have to.
    ///
    /// - Parameter isHidden: whether there is more to write.
    func hide(_ isHidden: Bool) {
        state.withLock { state in
            if isHidden { erase(&state) }
            state.isHidden = isHidden
        }
    }

    /// Takes the text from the terminal for good.
    func end() {
        state.withLock { state in
            erase(&state)
            state.isOver = true
        }
    }

    /// The same while another thread may be stuck in writing, which then keeps the line.
    func endUnlessStuck() {
        _ = state.withLockIfAvailable { state in
            erase(&state)
            state.isOver = true
        }
    }

    private func erase(_ state: inout State) {
        if state.shown != nil { write(Self.erasure) }
        state.shown = nil
    }
}
