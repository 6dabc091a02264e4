import Flags
import Logprobs
import Platform
import Rendering

/// A subcommand: one entry of the list that dispatch, help and suggestions are made from.
struct Command: Sendable {
    /// The word after the program's name.
    let name: String
    private let makeOutline: @Sendable () -> CommandOutline
    /// Carries the command out: its arguments, the process context, and the descriptor that tells of signals.
    let run: @Sendable ([[UInt8]], ProcessContext, Int32) -> ExitStatus

    /// A command.
    ///
    /// - Parameter outline: made when it is asked for, since most runs need none.
    init(
        _ name: String, outline: @autoclosure @escaping @Sendable () -> CommandOutline,
        run: @escaping @Sendable ([[UInt8]], ProcessContext, Int32) -> ExitStatus
    ) {
        self.name = name
        makeOutline = outline
        self.run = run
    }

    /// What help, manual pages and completions say of it.
    var outline: CommandOutline { makeOutline() }

    /// Every command, in the order shown.
    static let all: [Command] = [.complete, .show, .diff, .models, .config, .help]

    /// Runs the command that the first argument names.
    static func run(_ context: ProcessContext, stopDescriptor: Int32) -> ExitStatus {
        let arguments = context.arguments
        Watchdog.report(to: Notes(context))
        do throws(Failure) {
            guard let first = arguments.first else { throw showUsage(context) }
            switch String(decoding: first, as: UTF8.self) {
            case "-h": return try answer(.shortHelp, nil, context)
            case "--help": return try answer(.help, nil, context)
            case "-V", "--version": return try answer(.version, nil, context)
            case "--generate": return try generate(arguments.dropFirst().first, context)
            case let name:
                guard let command = all.first(where: { $0.name == name }) else { throw .usage(unknown(name)) }
                return command.run(Array(arguments.dropFirst()), context, stopDescriptor)
            }
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
        let config = readConfig(for: flags, by: parser, options, context)
        parser.resolveLeniently(flags, config: config.source(), context.variable, into: &options)
        return options.format.reportsErrorsAsJSON
    }

    /// The configuration that arguments ask for, whatever else is wrong with them; none if it can't be read.
    private static func readConfig<Options>(
        for arguments: [[UInt8]], by parser: Parser<Options>, _ blank: Options, _ context: ProcessContext
    ) -> ConfigFile {
        var options = blank
        let outcome = parser.parseLeniently(arguments, into: &options)
        guard !outcome.ignoresConfig else { return .none }
        return (try? ConfigFile(profile: outcome.profile, context)) ?? .none
    }

    /// Shows the short help on standard error, since nothing was asked for that could be on standard output.
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

    /// Shows help or the version on standard output.
    ///
    /// - Parameter command: whose help; nil for the program's.
    static func answer(
        _ request: ParserRequest, _ command: Command?, _ context: ProcessContext
    ) throws(Failure) -> ExitStatus {
        let width = Terminal.helpWidth(context.output)
        let text = request == .version ? versionText : help(of: command, isFull: request == .help, width)
        return try show(text, context)
    }

    /// Shows one of the generated documents; the flag is for packagers and `Scripts/regenerate`, and not in the help.
    private static func generate(_ word: [UInt8]?, _ context: ProcessContext) throws(Failure) -> ExitStatus {
        let name = String(decoding: word ?? [], as: UTF8.self)
        if name == "profiles" { return try show(ConfigFile.profileLines(context), context) }
        guard let document = Documents.all.first(where: { $0.name == name }) else {
            let names = Documents.all.map(\.name).joined(separator: ", ")
            throw .usage(UsageError("--generate: \(quoted: name.utf8) is not one of \(own: names)"))
        }
        return try show(document.make(), context)
    }

    private static func show(_ text: String, _ context: ProcessContext) throws(Failure) -> ExitStatus {
        var bytes = Array(text.utf8)
        try Output(standardOutput: context.output).flush(&bytes)
        return .done
    }

    /// Reads what a command is told: default values, configuration, variables and arguments, the last the strongest.
    ///
    /// - Parameter check: refuses options that do not go together.
    /// - Returns: its request is for help or the version when those were asked for; `options` then means nothing.
    /// - Throws: ``Failure`` for the first thing that is wrong.
    static func parse<Options>(
        _ arguments: [[UInt8]], by sections: [Section<Options>], _ context: ProcessContext,
        into options: inout Options, check: (Options) throws(UsageError) -> Void = { _ in }
    ) throws(Failure) -> Parser<Options>.Outcome {
        let parser = Parser(sections, advice: .program)
        let blank = options
        // Help and version are answered, and a wrong command line is refused, whatever the configuration is.
        var isResolved = false
        var config: ConfigFile?
        // A failure is reported in the form that the configuration or the command line asks for, as far as they are right.
        defer {
            if !isResolved {
                options = blank
                let config = config ?? readConfig(for: arguments, by: parser, blank, context)
                parser.resolveLeniently(arguments, config: config.source(), context.variable, into: &options)
            }
        }
        let first = try usage { () throws(UsageError) in try parser.parse(arguments, into: &options) }
        if first.request != .run { isResolved = true }
        guard first.request == .run else { return first }
        Watchdog.start()
        if first.ignoresConfig, first.profile != nil {
            throw .usage(UsageError("--profile can't be used with --no-config", hint: "leave out one of them"))
        }
        options = blank
        // One that can't be read is not read again.
        config = ConfigFile.none
        let read = try first.ignoresConfig ? .none : ConfigFile(profile: first.profile, context)
        config = read
        return try usage { () throws(UsageError) in
            let outcome = try parser.resolve(
                arguments, given: first.given, config: read.source(), context.variable, into: &options)
            do throws(UsageError) {
                try check(options)
            } catch {
                throw error.blaming(parser.settings(of: outcome))
            }
            isResolved = true
            return outcome
        }
    }

    private static func usage<Result>(_ body: () throws(UsageError) -> Result) throws(Failure) -> Result {
        do throws(UsageError) {
            return try body()
        } catch {
            throw .usage(error)
        }
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

extension UsageError {
    /// The same of flags that do not go together, telling which of them stands in a configuration.
    fileprivate func blaming(_ settings: [Setting]) -> UsageError {
        let words = message.ownWords.split(separator: " ")
        for setting in settings {
            guard case .config(let file, let line, _) = setting.source, words.contains("--\(setting.name)") else {
                continue
            }
            return UsageError(
                message, hint: "--\(own: setting.name) stands in \(plain: file):\(line); --no-config ignores it")
        }
        return self
    }
}
