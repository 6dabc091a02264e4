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
                "Takes the flags of cerebras complete, and those that a configuration file may set for batch alone, and sends "
                    + "nothing. Shows each effective setting and where it comes "
                    + "from: the command line, an environment variable, the configuration file or the default."
            ] + ConfigFile.format,
            sections: sections.map(\.outline),
            environment: CompleteCommand.environment, files: [ConfigFile.term],
            exitStatus: ExitStatus.terms,
            examples: ["cerebras config", "cerebras config --profile work", "cerebras config --no-config"])
    }

    /// Its flags: those of `complete`, though it sends nothing, and those that a configuration may set for `batch` alone.
    static var sections: [Section<ConfigOptions>] {
        let complete = CompleteCommand.sections.map { $0.within(\ConfigOptions.complete) }
        let names = Set(complete.flatMap(\.flags).map(\.name))
        let batch = BatchCommand.sections.flatMap(\.flags).filter {
            $0.outline.isConfigurable && !names.contains($0.name)
        }
        return complete.dropLast() + [Section("Batch", batch).within(\.batch)] + complete.suffix(1)
    }

    /// Shows the settings.
    static func run(_ run: inout CommandRun<ConfigOptions>) throws(Failure) -> ExitStatus {
        let key = key(run.options.complete.connection, run.context)
        try run.print(Array(table(run.options.settings, key, run.notes.secrets).utf8))
        return .done
    }

    /// Where the key comes from; the key itself is neither read nor shown.
    private static func key(
        _ connection: ConnectionOptions, _ context: ProcessContext
    ) -> (value: Message, source: Message) {
        switch connection.key {
        case .file(let path) where path.elementsEqual("-".utf8): ("***", "standard input")
        case .file(let path) where !FilePath.isReadable(path):
            ("-", "the file \(plain: path), which can't be read")
        case .file(let path): ("***", "the file \(plain: path)")
        case .command(let words): ("***", "the command \(plain: words.first ?? [])")
        case nil where connection.profile != nil:
            ("-", "nowhere: other keys are not for the base URL of [\(plain: connection.profile ?? "")]")
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
    static let config = Command("config", outline: ConfigCommand.outline, sections: ConfigCommand.sections) {
        (run) throws(Failure) in try ConfigCommand.run(&run)
    }
}
