import Platform
import Rendering

/// What the program says on standard error besides its answer.
struct Notes {
    private let descriptor: Int32
    private let isQuiet: Bool

    /// What no line may show.
    var secret = Secret(nil)

    /// Whether a person is likely to read along.
    let isTerminal: Bool

    init(_ surroundings: Surroundings, isQuiet: Bool) {
        descriptor = surroundings.error
        isTerminal = Descriptor.isTerminal(descriptor)
        self.isQuiet = isQuiet
    }

    /// A note, unless the user wants none.
    func note(_ text: String) {
        if !isQuiet { say("cerebras: note: \(text)") }
    }

    /// A line that was asked for.
    func say(_ line: String) {
        write(Array("\(line)\n".utf8))
    }

    /// Whole lines of JSON, for programs; a terminal gets the same values.
    func say(json lines: [UInt8]) {
        write(isTerminal ? TerminalDocument.lines(lines) : lines)
    }

    /// A failure: its line, its hint, and its object for programs.
    func report(_ failure: Failure, asJSON: Bool) {
        report(failure, asJSON: asJSON, hint: failure.hint)
    }

    /// A failure with a hint that is not its own.
    func report(_ failure: Failure, asJSON: Bool, hint: String?) {
        guard !failure.message.isEmpty else { return }
        say("cerebras: \(failure.message)")
        if let hint { say("hint: \(hint)") }
        if asJSON { say(json: failure.jsonLine) }
    }

    /// Standard error may be closed or full; there is nowhere left to say so.
    private func write(_ bytes: [UInt8]) {
        try? Descriptor.write(secret.hidden(in: bytes), to: descriptor, "standard error")
    }
}
