import API
import Client
import Flags
import JSON
import Platform
import Rendering

/// `cerebras models`.
enum ModelsCommand {
    /// Its flags.
    static let sections: [Section<ModelsOptions>] = [
        .models, Section.connection.within(\.connection), .general,
    ]

    /// What the documents say of it.
    static let outline = CommandOutline(
        "models", "List a server's models", forms: ["[ID] [FLAGS]"], operand: .cached("models"),
        description: [
            "Without ID, lists every model that the key may use; with ID, that one. Columns are what the server says of "
                + "at least one of them; prices are as the server states them.",
            "The list is remembered for shell completions and for suggestions when a model is unknown; the prices of --public "
                + "for the cost that complete --usage shows.",
        ],
        sections: sections.map(\.outline),
        environment: ConnectionOptions.environment + ConfigFile.environment
            + OutputOptions.environment,
        files: [ConfigFile.term, ModelCache.term, ModelPrices.term], exitStatus: ExitStatus.terms,
        examples: [
            "cerebras models", "cerebras models gpt-oss-120b --json", "cerebras models --public",
            "cerebras models --public --layout openrouter --json",
        ])

    /// Asks and shows.
    static func run(_ run: inout CommandRun<ModelsOptions>) throws(Failure) -> ExitStatus {
        let options = run.options
        let connection = try options.connection.makeConnection(key: readKey(&run), run.context)
        let request = connection.document(options.url)
        let exchange = run.exchange(
            by: connection, for: OutputReader(of: run.context.output), isVerbose: options.isVerbose)
        let body = try exchange.run(request) { _ in DocumentCollector(request, connection) }.body
        let (document, models) = try models(in: body)
        remember(models, run)
        let output = Output(standardOutput: run.context.output)
        var bytes = body
        if !options.isJSON {
            bytes = Array(ModelTable.make(models).utf8)
        } else if output.isTerminal {
            bytes = TerminalDocument.bytes(of: document.root, color: options.color.support(on: output, run.context))
        }
        if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        try output.flush(&bytes)
        return .done
    }

    /// The public catalog is requested without a key, which it has no use for.
    private static func readKey(_ run: inout CommandRun<ModelsOptions>) throws(Failure) -> String? {
        guard !run.options.isPublic else { return nil }
        let reading = try run.readKey()
        if let warning = reading.warning { run.notes.note(warning) }
        return reading.key
    }

    /// Keeps what later commands have a use for. What goes wrong is noted with `--verbose` alone.
    private static func remember(_ models: [ModelInfo], _ run: CommandRun<ModelsOptions>) {
        let options = run.options
        var found: [Message?] = []
        if options.id == nil, !options.isPublic {
            do throws(Failure) {
                found.append(try ModelCache.write(models.map(\.id), run.context))
            } catch {
                found.append(error.message)
            }
        }
        if options.isPublic, options.layout == nil {
            found.append(ModelPrices(models, options.connection.baseURL).write(run.context))
        }
        guard options.isVerbose else { return }
        for note in found.compactMap(\.self) { run.notes.note(note) }
    }

    private static func models(in body: [UInt8]) throws(Failure) -> (JSONDocument, [ModelInfo]) {
        if body.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
            throw .request(.reply(.empty, requestID: nil))
        }
        if PlainWords.isPage(body) { throw .request(.reply(.html(body), requestID: nil)) }
        do throws(JSONError) {
            let document = try JSONDocument(parsing: body)
            if let models = ModelInfo.read(document.root) { return (document, models) }
        } catch {
            throw .request(.reply(.unreadable("\(error)", body), requestID: nil))
        }
        throw .notModels(body)
    }
}

extension Command {
    /// Lists models.
    static let models = Command("models", outline: ModelsCommand.outline, sections: ModelsCommand.sections) {
        (run) throws(Failure) in try ModelsCommand.run(&run)
    }
}
