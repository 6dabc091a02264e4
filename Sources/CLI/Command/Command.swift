import Flags
import Platform
import Rendering

/// A subcommand: one entry of the list that dispatch, help and suggestions are made from.
struct Command: Sendable {
    /// The word after the program's name.
    let name: String
    private let makeOutline: @Sendable () -> CommandOutline
    private let start: @Sendable (Command, [[UInt8]], ProcessContext, TransportFactory) -> ExitStatus

    /// A command on the skeleton that all of them share, which ``CommandRun`` documents.
    ///
    /// - Parameters:
    ///   - outline: made when it is needed, since most runs need none; so are the sections.
    ///   - sections: the command's flags.
    ///   - body: what the command does once its options are complete. What it throws is reported by the skeleton.
    init<Options: CommandOptions>(
        _ name: String, outline: @autoclosure @escaping @Sendable () -> CommandOutline,
        sections: @autoclosure @escaping @Sendable () -> [Section<Options>],
        body: @escaping @Sendable (inout CommandRun<Options>) throws(Failure) -> ExitStatus
    ) {
        self.name = name
        makeOutline = outline
        start = { command, arguments, context, transports in
            var run = CommandRun<Options>(context, transports)
            return run.perform(command, arguments, sections(), body)
        }
    }

    /// What help, manual pages and completions say of it.
    var outline: CommandOutline { makeOutline() }

    /// Every command, in the order shown.
    static let all: [Command] = [.complete, .batch, .score, .show, .diff, .models, .config, .help]

    /// Runs the command that the first argument names.
    ///
    /// - Parameter transports: gives the transport of a command that sends requests.
    static func run(_ context: ProcessContext, _ transports: TransportFactory) -> ExitStatus {
        let arguments = context.arguments
        Watchdog.report(to: Notes(context))
        do throws(Failure) {
            guard let first = arguments.first else { throw showUsage(context) }
            switch String(decoding: first, as: UTF8.self) {
            case "-h": try print(.shortHelp, of: nil, context)
            case "--help": try print(.help, of: nil, context)
            case "-V", "--version": try print(.version, of: nil, context)
            case "--generate": try print(Documents.document(arguments.dropFirst().first, context), context)
            case let name:
                guard let command = all.first(where: { $0.name == name }) else { throw .usage(unknown(name)) }
                return command.start(command, Array(arguments.dropFirst()), context, transports)
            }
            return .done
        } catch {
            var notes = Notes(context)
            notes.isForPrograms = reportsErrorsAsJSON(arguments, context)
            notes.report(error)
            return error.status
        }
    }

    /// Whether what is wrong before any command is known is reported as JSON, by the format of completions.
    private static func reportsErrorsAsJSON(_ arguments: [[UInt8]], _ context: ProcessContext) -> Bool {
        guard !arguments.isEmpty else { return false }
        var options = OutputOptions()
        let parser = Parser<OutputOptions>([.output, .general])
        let flags = Array(arguments.dropFirst())
        let config = ConfigFile.readLeniently(for: flags, by: parser, options, context)
        parser.resolveLeniently(flags, config: config.source(), context.variable, into: &options)
        return options.format.reportsErrorsAsJSON
    }

    /// Shows the short help on standard error, since nothing was requested that could be on standard output.
    ///
    /// - Returns: the error to end with.
    private static func showUsage(_ context: ProcessContext) -> Failure {
        let width = Terminal.helpWidth(context.error)
        var text = Array((help(of: nil, isFull: false, width) + "\n").utf8)
        do throws(Failure) {
            try Output(standardOutput: context.error).flush(&text)
        } catch {
            return error
        }
        return .usage(UsageError("no command"))
    }

    /// Prints help or the version to standard output.
    ///
    /// - Parameter command: whose help; nil for the program's.
    static func print(
        _ request: ParserRequest, of command: Command?, _ context: ProcessContext
    ) throws(Failure) {
        let width = Terminal.helpWidth(context.output)
        try print(
            request == .version ? versionText : help(of: command, isFull: request == .help, width), context)
    }

    private static func print(_ text: String, _ context: ProcessContext) throws(Failure) {
        var bytes = Array(text.utf8)
        try Output(standardOutput: context.output).flush(&bytes)
    }

    /// An error that names the nearest command.
    ///
    /// - Parameter hint: for a name that is like none.
    static func unknown(_ name: String, hint: Message? = nil) -> UsageError {
        let nearest = Suggestion.nearest(to: name, among: all.map(\.name))
        let place: Message =
            name.hasPrefix("-")
            ? "flags go after the command, as in: cerebras complete 'PROMPT' --seed 7"
            : "a prompt goes after the command: cerebras complete 'PROMPT'"
        return UsageError(
            "unknown command \(quoted: name)",
            hint: nearest.map { "did you mean cerebras \(own: $0)?" } ?? hint ?? place)
    }
}
