import Platform

/// A line on a terminal's standard error that says what is waited for, once that has taken a second.
///
/// It is erased before anything else is written, and does not come back once output has begun.
final class WaitingSign {
    /// What is waited for.
    enum Subject: Equatable {
        /// The connection.
        case connection
        /// The server's response.
        case response
        /// More of a response.
        case rest
        /// The next attempt, at this time of the clock.
        case retry(at: Double)
    }

    /// Seconds before it is shown.
    private static let delay = 1.0

    /// Where it stands.
    let line: TerminalLine
    private var begin: Double?
    private var subject = Subject.connection

    /// - Parameter line: the line of the terminal.
    init(on line: TerminalLine) {
        self.line = line
    }

    /// On standard error; nil where nobody watches, nobody wants to know, or nothing can be erased.
    init?(_ notes: Notes, _ context: ProcessContext) {
        guard notes.isTerminal, !notes.isQuiet, let terminal = context.variable("TERM"), !terminal.isEmpty,
            !terminal.elementsEqual("dumb".utf8)
        else { return nil }
        let descriptor = context.error
        line = TerminalLine { try? Descriptor.write($0, to: descriptor, "standard error") }
    }

    /// Says what is waited for from now on. The first call begins the wait.
    func wait(for subject: Subject, now: Double) {
        begin = begin ?? now
        self.subject = subject
    }

    /// Shows how it stands, if it is time.
    ///
    /// - Returns: when it changes; nil for never.
    func update(now: Double) -> Double? {
        guard !line.isOver, let begin else { return nil }
        let elapsed = now - begin
        guard elapsed >= Self.delay else { return begin + Self.delay }
        line.show("[\(Int(elapsed)) s] \(describe(now))")
        return begin + elapsed.rounded(.down) + 1
    }

    /// Takes it from the terminal; it may be shown again.
    func erase() { line.erase() }

    /// Takes it from the terminal for good.
    func end() { line.end() }

    private func describe(_ now: Double) -> String {
        switch subject {
        case .connection: "connecting"
        case .response: "waiting for the server"
        case .rest: "receiving"
        case .retry(let time): "retrying in \(max(0, Int((time - now).rounded(.up)))) s"
        }
    }
}
