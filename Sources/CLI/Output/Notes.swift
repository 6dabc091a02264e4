import Platform
import Rendering

/// What the program says on standard error besides its output, and the one place where a message becomes bytes.
struct Notes {
    private let descriptor: Int32

    /// Whether notes are left out.
    var isQuiet = false

    /// Whether programs read along: each line is a JSON object then, but at a terminal.
    var isForPrograms = false

    /// What stands on the terminal while something is waited for; nil for nothing.
    var sign: WaitingSign?

    /// What no line may show.
    var secrets: Secrets

    /// Whether a person is likely to read along.
    let isTerminal: Bool

    /// With what the environment holds of secrets.
    init(_ context: ProcessContext) {
        descriptor = context.error
        isTerminal = Descriptor.isTerminal(descriptor)
        secrets = .ofEnvironment(context)
    }

    /// What another thread needs to write the same, sharing nothing.
    struct Channel: Sendable {
        fileprivate let descriptor: Int32
        fileprivate let isQuiet: Bool
        fileprivate let isForPrograms: Bool
        fileprivate let secrets: [[UInt8]]
        /// The line of the terminal that is erased first; nil for none.
        let waitingLine: TerminalLine?
    }

    /// For another thread.
    var channel: Channel {
        Channel(
            descriptor: descriptor, isQuiet: isQuiet, isForPrograms: isForPrograms, secrets: secrets.all,
            waitingLine: sign?.line)
    }

    /// What another thread writes.
    init(_ channel: Channel) {
        descriptor = channel.descriptor
        isQuiet = channel.isQuiet
        isForPrograms = channel.isForPrograms
        isTerminal = Descriptor.isTerminal(descriptor)
        secrets = Secrets()
        for secret in channel.secrets { secrets.add(secret) }
    }

    /// Whether lines are JSON objects.
    var writesJSON: Bool { isForPrograms && !isTerminal }

    /// A note, unless the user wants none.
    func note(_ message: Message) {
        guard !isQuiet else { return }
        if writesJSON { say(["note": ["message": .text(message)]]) } else { say("cerebras: note: \(message)") }
    }

    /// Notes that a request will be made again.
    ///
    /// - Parameters:
    ///   - number: which retry it is.
    ///   - most: how many there may be.
    func noteRetry(_ number: Int, of most: Int, after wait: Duration, because reason: Message) {
        guard writesJSON, !isQuiet else {
            return note("retry \(number) of \(most) in \(seconds: wait): \(reason)")
        }
        say([
            "retry": [
                "number": .integer(number), "of": .integer(most), "seconds": .number(wait.inSeconds),
                "reason": .text(reason),
            ]
        ])
    }

    /// A line of what `--verbose` shows.
    func verbose(_ line: Message) {
        if writesJSON { say(["verbose": .text(line)]) } else { say(line) }
    }

    /// A line that was requested; a terminal gets it broken between words.
    func say(_ line: Message) {
        let text = line.text(masking: secrets)
        let columns = isTerminal ? Terminal.columns(descriptor) : nil
        let lines = columns.map { Columns.wrap(text, into: $0) } ?? [text]
        write(lines.flatMap { Array("\($0)\n".utf8) })
    }

    /// A line of JSON, for programs; a terminal gets the same values.
    func say(_ report: Report) {
        let line = report.line(masking: secrets)
        write(isTerminal ? TerminalDocument.lines(line) : line)
    }

    /// A failure: its line, its hint, and its object for programs.
    func report(_ failure: Failure) {
        report(failure, hint: failure.hint)
    }

    /// A failure with a hint that is not its own.
    func report(_ failure: Failure, hint: Message?) {
        Watchdog.leaveReport()
        show(failure, hint: hint)
    }

    /// The lines of a failure, whoever reports it; one object for programs.
    func show(_ failure: Failure, hint: Message?) {
        guard !failure.message.isEmpty else { return }
        if writesJSON { return say(failure.report(hint: hint)) }
        say("cerebras: \(failure.message)")
        if let hint { say("hint: \(hint)") }
    }

    /// Standard error may be closed or full; there is nowhere left to say so.
    private func write(_ bytes: [UInt8]) {
        sign?.erase()
        try? Descriptor.write(bytes, to: descriptor, "standard error")
    }
}
