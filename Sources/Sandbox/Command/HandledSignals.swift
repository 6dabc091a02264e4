import Dispatch
import Foundation

/// Signals that the process answers instead of dying of them. One that was ignored from the start stays so.
final class HandledSignals {
    /// Those that this process ignores though it was not told to; a child must not inherit that.
    let numbers: [Int32]
    private let sources: [any DispatchSourceSignal]

    /// Answers signals from now on.
    ///
    /// - Parameter answer: called with the signal's number, on a thread of its own.
    init(_ numbers: [Int32], answer: @escaping @Sendable (Int32) -> Void) {
        self.numbers = numbers.filter { number in
            // Also keeps the signal from ending the process before the source sees it.
            let previous = signal(number, SIG_IGN)
            return unsafeBitCast(previous, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self)
        }
        sources = self.numbers.map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { answer(number) }
            source.resume()
            return source
        }
    }

    deinit {
        for source in sources { source.cancel() }
    }
}
