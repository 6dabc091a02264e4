import API
import Batch
import Flags
import JSON
import Platform

/// What is to be done with rows.
enum RowsTask {
    /// They are requested.
    case run
    /// They are counted.
    case preview
    /// Result files are compared with them.
    case verify
}

/// The options of a command that works through a file of rows.
protocol RowsOptions: ServerOptions {
    /// The file with the rows; `-` is standard input.
    var input: [UInt8] { get }
    /// The files that are compared with it.
    var resultFiles: [[UInt8]] { get }
    var rows: RowOptions { get }
    var results: ResultOptions { get }
    var pace: PaceOptions { get }
    var request: RequestOptions { get }
    /// What is recorded of rows.
    var kind: RecordKind { get }
    /// Whether a line is written for each attempt.
    var isVerbose: Bool { get }
    /// Whether what a row came to is not as it was expected to be, by the content of its record; nil where nothing is expected.
    var isUnexpected: ((_ content: [UInt8]) -> Bool)? { get }

    /// What reads the rows.
    func makeParser() -> any RowParsing
}

/// What the command line of `batch` says.
struct BatchOptions: RowsOptions {
    var task = RowsTask.run
    /// The file with the rows; `-` is standard input.
    var input = Array("-".utf8)
    /// The files that are compared with it.
    var resultFiles: [[UInt8]] = []
    var rows = RowOptions()
    var results = ResultOptions()
    var pace = PaceOptions()
    var request = RequestOptions()
    var checks = CompletionChecks()
    var connection = ConnectionOptions()
    /// Whether stop sequences on the command line hold escapes.
    var readsEscapes = false
    var isQuiet = false
    /// Whether a line is written for each attempt.
    var isVerbose = false

    var sendsRequests: Bool { task == .run }
    var subject: Failure.Subject { .completion(request.model) }
    var kind: RecordKind { .responses }
    var isUnexpected: ((_ content: [UInt8]) -> Bool)? { checks.isUnexpected }

    func makeParser() -> any RowParsing {
        let request = request.request(.text([]), streams: false, impliedLogprobs: checks.impliedLogprobs)
        return RowParser(
            rows.format, template: rows.template, defaults: RequestDefaults(request),
            allowsEmptyPrompt: rows.allowsEmptyPrompt, takesOneChoice: results.isText)
    }

    func check() throws(UsageError) {
        try request.check()
        try rows.check()
        if task != .verify { try results.check(rows, request) }
        if task == .run { try connection.check() }
    }

    mutating func takeOperands(_ outcome: Parser<BatchOptions>.Outcome, _ context: ProcessContext) throws(Failure) {
        let operands = outcome.operands
        if let first = operands.first { input = first }
        resultFiles = Array(operands.dropFirst())
        do throws(UsageError) {
            if task == .verify { try checkVerification(outcome.given) }
            if readsEscapes { try request.readEscapesOfStops() }
            try checkOperands(context)
        } catch {
            throw .usage(error)
        }
    }

    /// Refuses flags that would be passed over.
    private func checkVerification(_ given: Set<String>) throws(UsageError) {
        let names = BatchCommand.sections.flatMap(\.flags).map(\.name)
        guard let name = names.first(where: { given.contains($0) && !BatchCommand.verificationFlags.contains($0) })
        else { return }
        throw UsageError(
            "--\(own: name) means nothing to --verify, which sends no rows and writes no results",
            hint: "leave it out; result files are arguments after the input")
    }

    private func checkOperands(_ context: ProcessContext) throws(UsageError) {
        if task == .verify {
            guard resultFiles.isEmpty else { return }
            throw UsageError(
                "--verify: no result files", hint: "name them after the input: --verify prompts.jsonl results.jsonl")
        }
        if let extra = resultFiles.first {
            throw UsageError(
                "unexpected argument \(quoted: extra)",
                hint: "one input at a time; cat a b | cerebras batch reads several as one")
        }
        guard readsStandardInput else { return }
        if Descriptor.isTerminal(context.input) {
            throw UsageError("no input", hint: "name a file, as in: cerebras batch prompts.jsonl -o results.jsonl")
        }
        if connection.key?.readsInput == true {
            throw UsageError("standard input can be read only once, but the key and the rows are to come from it")
        }
    }

    private var readsStandardInput: Bool { input.elementsEqual("-".utf8) }
}

/// How rows are read.
struct RowOptions {
    var format = InputFormat.jsonl
    var template: Template?
    var allowsEmptyPrompt = false
    /// Whether one row that can't be sent is enough to refuse the file.
    var isStrict = false
    var shard: ShardChoice?
    /// Whether rows with the same long prefix are sent next to each other.
    var groupsPrefixes = false

    func check() throws(UsageError) {
        guard template != nil, format != .jsonl else { return }
        throw UsageError("--template fills in the fields of JSON objects, and goes with --input-format jsonl only")
    }
}

/// Where results go.
struct ResultOptions {
    /// nil for standard output.
    var file: [UInt8]?
    /// Where failed rows go; nil for the same place.
    var errorFile: [UInt8]?
    var journal = JournalOptions()
    /// Whether completions alone are written.
    var isText = false
    /// Whether they end with NUL.
    var endsWithNull = false
    /// Where the summary goes as JSON; nil for nowhere.
    var summaryFile: [UInt8]?

    /// What is written to standard output.
    var form: RecordForm { isText ? (endsWithNull ? .null : .line) : .json }

    /// The names of the flags given that a stream can't follow.
    var flagsOfFiles: [String] {
        let all = [
            ("errors", errorFile != nil), ("ordered", journal.isOrdered), ("redo-changed", journal.redoesChanged),
            ("keep-foreign", journal.keepsForeign), ("fsync", journal.syncInterval != nil),
        ]
        return all.compactMap { $0.1 ? $0.0 : nil }
    }

    func check(_ rows: RowOptions, _ request: RequestOptions) throws(UsageError) {
        if file == nil {
            let grouping = rows.groupsPrefixes ? ["group-prefixes"] : []
            if let flag = (flagsOfFiles + grouping).first {
                throw UsageError("--\(own: flag) needs a file to write to", hint: "name one with --output")
            }
        }
        if isText, file != nil {
            throw UsageError(
                "--text can't be used with --output, which keeps whole records to continue from",
                hint: "take the texts out afterwards, a JSON string a line: \(own: BatchCommand.textFilter) FILE")
        }
        if endsWithNull, !isText { throw UsageError("--null goes with --text only") }
        guard isText, case .number(let number)? = request.fields["n"], (number.integer ?? 1) > 1 else { return }
        throw UsageError("--text writes one completion for each row; --n asks for more", hint: "leave out one of them")
    }
}

/// How fast rows are sent, and how far.
struct PaceOptions {
    /// How many requests are in flight; nil to adapt.
    var concurrency: Int?
    var requestsPerMinute: Double?
    var tokensPerMinute: Double?
    var maxRequests: Int?
    var tokenBudget: Int?
    /// For each request; nil for no limit.
    var requestTimeout: Duration?
}
