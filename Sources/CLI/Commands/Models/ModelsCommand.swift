import API
import Client
import Flags
import HTTP
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
    static func run(_ arguments: [[UInt8]], _ context: ProcessContext, _ stopDescriptor: Int32) -> ExitStatus {
        var options = ModelsOptions()
        var notes = Notes(context)
        var id: [UInt8]?
        var hasKey = false
        do throws(Failure) {
            let outcome = try Command.parse(arguments, by: sections, context, into: &options) {
                (options) throws(UsageError) in try options.connection.check()
            }
            guard outcome.request == .run else { return try Command.answer(outcome.request, .models, context) }
            notes.isQuiet = options.isQuiet
            notes.isForPrograms = options.isJSON
            notes.sign = WaitingSign(notes, context)
            try options.connection.begin(outcome, &notes)
            id = try Self.id(outcome.operands)
            if id != nil, options.layout != nil {
                throw Failure.usage(UsageError("--layout can't be used with an ID", hint: "leave out one of them"))
            }
            let key = try key(options, context, &notes)
            hasKey = key != nil
            let connection = try options.connection.makeConnection(key: key, context)
            let request = connection.document(url(options, id))
            let reader = OutputReader(of: context.output)
            let body = try fetch(request, by: connection, options, for: reader, notes, context.clock, stopDescriptor)
            try show(body, options, context, notes, isList: id == nil && !options.isPublic)
            return .done
        } catch {
            StopSignals.unlimit()
            notes.secrets.add(options.connection)
            let url = url(options, id)
            let subject: Failure.Subject = id.map { .model($0, url: url) } ?? .models(url: url)
            notes.isForPrograms = options.isJSON
            notes.report(
                error,
                hint: error.hint(on: subject, by: options.connection, hasKey: hasKey, context))
            return error.status
        }
    }

    private static func id(_ operands: [[UInt8]]) throws(Failure) -> [UInt8]? {
        if operands.count > 1 {
            throw .usage(UsageError("unexpected argument \(quoted: operands[1])", hint: "one ID at a time"))
        }
        guard let id = operands.first else { return nil }
        // Such a part would lead to another address.
        let parts = id.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
        if parts.isEmpty || parts.contains(where: [".", ".."].contains) {
            throw .usage(UsageError("\(quoted: id) is not a model's ID"))
        }
        return id
    }

    /// The public catalog is asked without a key, which it has no use for.
    private static func key(
        _ options: ModelsOptions, _ context: ProcessContext, _ notes: inout Notes
    ) throws(Failure) -> String? {
        guard !options.isPublic else { return nil }
        let reading = try options.connection.readKey(isShown: false, context)
        if let key = reading.key { notes.secrets.add(key.utf8) }
        if let warning = reading.warning { notes.note(warning) }
        return reading.key
    }

    private static func url(_ options: ModelsOptions, _ id: [UInt8]?) -> String {
        options.connection.baseURL.models(isPublic: options.isPublic, id: id)
            + (options.layout.map { "?format=\($0)" } ?? "")
    }

    private static func fetch(
        _ request: HTTPRequest, by connection: Connection, _ options: ModelsOptions, for reader: OutputReader,
        _ notes: Notes, _ clock: ProcessClock, _ stopDescriptor: Int32
    ) throws(Failure) -> [UInt8] {
        if options.isVerbose { VerboseLog.write(request, to: notes) }
        try system(StopSignals.check())
        let exchange = Exchange(
            transport: CurlTransport(
                usesTLS: request.url.hasPrefix("https"), stopDescriptor: stopDescriptor, output: reader, clock: clock),
            connection: connection, clock: clock, notes: notes, isVerbose: options.isVerbose)
        return try exchange.run(request) { _ in DocumentCollector(request, connection) }.body
    }

    private static func show(
        _ body: [UInt8], _ options: ModelsOptions, _ context: ProcessContext, _ notes: Notes, isList: Bool
    ) throws(Failure) {
        let (document, models) = try models(in: body)
        if isList {
            do throws(Failure) {
                let note = try ModelCache.write(models.map(\.id), context)
                if let note, options.isVerbose { notes.note(note) }
            } catch {
                if options.isVerbose { notes.note(error.message) }
            }
        }
        if options.isPublic, options.layout == nil {
            let note = ModelPrices(models, options.connection.baseURL).write(context)
            if let note, options.isVerbose { notes.note(note) }
        }
        let output = Output(standardOutput: context.output)
        var bytes = body
        if !options.isJSON {
            bytes = Array(ModelTable.make(models).utf8)
        } else if output.isTerminal {
            bytes = TerminalDocument.bytes(of: document.root, color: options.color.support(on: output, context))
        }
        if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        try output.flush(&bytes)
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
    static let models = Command("models", outline: ModelsCommand.outline, run: { ModelsCommand.run($0, $1, $2) })
}
