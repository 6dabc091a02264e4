import Flags
import Platform
import Rendering

/// `cerebras config`.
enum ConfigCommand {
    /// What the documents say of it.
    static var outline: CommandOutline {
        CommandOutline(
            "config", "Show what holds for each flag of complete, and why.", forms: ["[FLAGS]"],
            description: [
                "Takes the flags of cerebras complete, sends nothing, and shows each setting with where it comes from: "
                    + "the command line, an environment variable, the configuration file, or the default, of which the "
                    + "first that says something wins.",
                "The configuration has one flag a line as on the command line, with or without its dashes: temperature "
                    + "0.2, stop = END, no-stream. What follows the name is the value as it stands; nothing is quoted, but "
                    + "~/ before a file is the home folder. A line that begins with # is a comment. Lines after [name] "
                    + "hold only with --profile name. Flags of other commands are passed over, so that one file serves "
                    + "all. A key can't stand there; api-key-file and api-key-command say where it is.",
            ],
            sections: CompleteCommand.sections.map(\.outline),
            environment: CompleteCommand.environment, files: [ConfigFile.term],
            exitStatus: ExitStatus.terms,
            examples: ["cerebras config", "cerebras config --profile work", "cerebras config --no-config"])
    }

    /// Shows the settings.
    static func run(_ arguments: [[UInt8]], _ surroundings: Surroundings) -> ExitStatus {
        var invocation = Invocation()
        do throws(Failure) {
            let outcome = try Command.parse(arguments, by: CompleteCommand.sections, surroundings, into: &invocation)
            guard outcome.request == .run else { return try Command.answer(outcome.request, .config, surroundings) }
            if let operand = outcome.operands.first {
                throw .usage(
                    UsageError(
                        "unexpected argument \(VisibleText.quote(operand))", hint: "cerebras config takes flags alone"))
            }
            let settings = Parser(CompleteCommand.sections).settings(of: outcome)
            var bytes = Array(table(settings, key(invocation, surroundings)).utf8)
            try Output(standardOutput: surroundings.output).flush(&bytes)
            return .done
        } catch {
            Notes(surroundings, isQuiet: false).report(error, asJSON: false)
            return error.status
        }
    }

    /// Where the key comes from; the key itself is neither read nor shown.
    private static func key(_ invocation: Invocation, _ surroundings: Surroundings) -> (value: String, source: String) {
        switch invocation.connection.key {
        case .file(let path) where path.elementsEqual("-".utf8): ("***", "standard input")
        case .file(let path) where CPath.with(path, { access($0, R_OK) }) != 0:
            ("-", "the file \(VisibleText.escape(path)), which can't be read")
        case .file(let path): ("***", "the file \(VisibleText.escape(path))")
        case .command(let words): ("***", "the command \(VisibleText.escape(words.first ?? []))")
        case nil where surroundings.variable("CEREBRAS_API_KEY")?.allSatisfy(KeyReader.isSpace) == false:
            ("***", "CEREBRAS_API_KEY")
        case nil: ("-", "nowhere")
        }
    }

    private static func table(_ settings: [Setting], _ key: (value: String, source: String)) -> String {
        var rows = [["setting", "value", "from"], ["(key)", key.value, key.source]]
        rows += settings.map { [$0.name, words(for: $0), words(for: $0.source)] }
        let widths = (0..<2).map { column in rows.map { Columns.count($0[column]) }.max() ?? 0 }
        return rows.map { row in
            (0..<2).map { Columns.pad(row[$0], to: widths[$0]) + "  " }.joined() + row[2] + "\n"
        }.joined()
    }

    private static func words(for setting: Setting) -> String {
        guard let value = setting.value else { return setting.isNegated ? "off" : "on" }
        return value.isEmpty ? "''" : VisibleText.escape(value)
    }

    private static func words(for source: Setting.Source) -> String {
        switch source {
        case .commandLine: "the command line"
        case .variable(let name): name
        case .config(let file, let line): "\(file):\(line)"
        case .standard: "the default"
        }
    }
}

extension Command {
    /// Shows what holds.
    static let config = Command(
        "config", outline: ConfigCommand.outline,
        run: { arguments, surroundings, _ in ConfigCommand.run(arguments, surroundings) })
}
