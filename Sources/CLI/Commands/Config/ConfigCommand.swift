import Flags
import Platform
import Rendering

/// `cerebras config`.
enum ConfigCommand {
    /// What the documents say of it.
    static var outline: CommandOutline {
        CommandOutline(
            "config", "Show effective settings and where each comes from", forms: ["[FLAGS]"],
            ownFlags: ["profile", "no-config", "help"], shortNote: "The flags of cerebras complete are taken, too.",
            description: [
                "Takes the flags of cerebras complete and sends nothing. Shows each effective setting and where it comes "
                    + "from: the command line, an environment variable, the configuration file or the default."
            ] + ConfigFile.format,
            sections: CompleteCommand.sections.map(\.outline),
            environment: CompleteCommand.environment, files: [ConfigFile.term],
            exitStatus: ExitStatus.terms,
            examples: ["cerebras config", "cerebras config --profile work", "cerebras config --no-config"])
    }

    /// Shows the settings.
    static func run(_ arguments: [[UInt8]], _ context: ProcessContext) -> ExitStatus {
        var invocation = Invocation()
        var notes = Notes(context)
        do throws(Failure) {
            let outcome = try Command.parse(arguments, by: CompleteCommand.sections, context, into: &invocation)
            guard outcome.request == .run else { return try Command.answer(outcome.request, .config, context) }
            if let operand = outcome.operands.first {
                throw .usage(
                    UsageError(
                        "unexpected argument \(quoted: operand)", hint: "cerebras config takes flags alone"))
            }
            invocation.connection.profile = outcome.profile(deciding: "base-url")
            for note in outcome.notes { notes.note(note) }
            let settings = Parser(CompleteCommand.sections).settings(of: outcome)
            notes.secrets.add(invocation.connection)
            var bytes = Array(table(settings, key(invocation, context), notes.secrets).utf8)
            try Output(standardOutput: context.output).flush(&bytes)
            return .done
        } catch {
            notes.secrets.add(invocation.connection)
            notes.report(error)
            return error.status
        }
    }

    /// Where the key comes from; the key itself is neither read nor shown.
    private static func key(_ invocation: Invocation, _ context: ProcessContext) -> (value: Message, source: Message) {
        switch invocation.connection.key {
        case .file(let path) where path.elementsEqual("-".utf8): ("***", "standard input")
        case .file(let path) where !FilePath.isReadable(path):
            ("-", "the file \(plain: path), which can't be read")
        case .file(let path): ("***", "the file \(plain: path)")
        case .command(let words): ("***", "the command \(plain: words.first ?? [])")
        case nil where invocation.connection.profile != nil:
            ("-", "nowhere: other keys are not for the base URL of [\(plain: invocation.connection.profile ?? "")]")
        case nil where context.variable("CEREBRAS_API_KEY")?.isEmpty == false:
            ("***", "CEREBRAS_API_KEY")
        case nil: ("-", "nowhere")
        }
    }

    private static func table(_ settings: [Setting], _ key: (value: Message, source: Message), _ secrets: Secrets)
        -> String
    {
        var cells: [[Message]] = [["setting", "value", "from"], ["(key)", key.value, key.source]]
        cells += settings.map { [Message(own: $0.name), words(for: $0), words(for: $0.source)] }
        let rows = cells.map { row in row.map { $0.text(masking: secrets) } }
        let widths = (0..<2).map { column in rows.map { Columns.count($0[column]) }.max() ?? 0 }
        return rows.map { row in
            (0..<2).map { Columns.pad(row[$0], to: widths[$0]) + "  " }.joined() + row[2] + "\n"
        }.joined()
    }

    private static func words(for setting: Setting) -> Message {
        guard let value = setting.value else { return setting.isNegated ? "off" : "on" }
        if setting.name == "header" { return header(value) }
        return value.isEmpty ? "''" : "\(plain: value)"
    }

    private static func header(_ value: [UInt8]) -> Message {
        let header = try? Value.header.parse(value)
        return header.map { $0.line(isSecret: $0.isSecret) } ?? "***"
    }

    private static func words(for source: Setting.Source) -> Message {
        switch source {
        case .commandLine: "the command line"
        case .variable(let name): Message(own: name)
        case .config(let file, let line, nil): "\(plain: file):\(line)"
        case .config(let file, let line, let profile?): "\(plain: file):\(line) [\(plain: profile)]"
        case .defaultValue: "the default"
        }
    }
}

extension Command {
    /// Shows what holds.
    static let config = Command(
        "config", outline: ConfigCommand.outline,
        run: { arguments, context, _ in ConfigCommand.run(arguments, context) })
}
