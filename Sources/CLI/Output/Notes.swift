import Platform
import Rendering

/// What the program says on standard error besides its answer, and the one place where a message becomes bytes.
struct Notes {
    private let descriptor: Int32

    /// Whether notes are left out.
    var isQuiet = false

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
        fileprivate let secrets: [[UInt8]]
    }

    /// For another thread.
    var channel: Channel { Channel(descriptor: descriptor, isQuiet: isQuiet, secrets: secrets.all) }

    /// What another thread writes.
    init(_ channel: Channel) {
        descriptor = channel.descriptor
        isQuiet = channel.isQuiet
        isTerminal = Descriptor.isTerminal(descriptor)
        secrets = Secrets()
        for secret in channel.secrets { secrets.add(secret) }
    }

    /// A note, unless the user wants none.
    func note(_ message: Message) {
        if !isQuiet { say("cerebras: note: \(message)") }
    }

    /// A line that was asked for.
    func say(_ line: Message) {
        write(Array("\(line.text(masking: secrets))\n".utf8))
    }

    /// A line of JSON, for programs; a terminal gets the same values.
    func say(_ report: Report) {
        let line = report.line(masking: secrets)
        write(isTerminal ? TerminalDocument.lines(line) : line)
    }

    /// A failure: its line, its hint, and its object for programs.
    func report(_ failure: Failure, asJSON: Bool) {
        report(failure, asJSON: asJSON, hint: failure.hint)
    }

    /// A failure with a hint that is not its own.
    func report(_ failure: Failure, asJSON: Bool, hint: Message?) {
        Watchdog.leaveReport()
        show(failure, asJSON: asJSON, hint: hint)
    }

    /// The lines of a failure, whoever reports it.
    func show(_ failure: Failure, asJSON: Bool, hint: Message?) {
        guard !failure.message.isEmpty else { return }
        say("cerebras: \(failure.message)")
        if let hint { say("hint: \(hint)") }
        if asJSON { say(failure.report) }
    }

    /// Standard error may be closed or full; there is nowhere left to say so.
    private func write(_ bytes: [UInt8]) {
        try? Descriptor.write(bytes, to: descriptor, "standard error")
    }
}
