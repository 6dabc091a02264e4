import API
import Batch
import Evaluation
import Flags
import Platform
import Rendering

/// What the command line of `score` says.
struct ScoreOptions: RowsOptions {
    /// Where the prompt comes from.
    var prompts: [PromptSource] = []
    /// What is scored after the prompt.
    var continuations: [ScoreInput] = []
    /// Where a text to score by itself comes from.
    var texts: [PromptSource] = []
    /// The file with questions; `-` is standard input; nil for the one question of the command line.
    var rowsFile: [UInt8]?
    /// The files that are compared with it.
    var resultFiles: [[UInt8]] = []
    /// What is done with its rows.
    var task = RowsTask.run
    var rows = RowOptions()
    var results = ResultOptions()
    var pace = PaceOptions()
    /// Whether one newline at the end of a file is dropped.
    var dropsFinalNewline = false
    var normalization = Normalization.sum
    var method = ScoreMethod.echo
    /// How many likely tokens the method next-token asks for.
    var topCount = 20
    var expectations: [ScoreExpectation] = []
    /// nil for the usual: a table of continuations, or a text's figures.
    var format: Format?
    var request = RequestOptions()
    var output = OutputOptions()
    var connection = ConnectionOptions()
    var isVerbose = false

    /// Whether a text is scored by itself.
    var isOfText: Bool { !texts.isEmpty }
    var isQuiet: Bool { output.isQuiet }
    var reportsErrorsAsJSON: Bool { format?.reportsErrorsAsJSON ?? false }
    var subject: Failure.Subject { .completion(request.model) }

    var input: [UInt8] { rowsFile ?? [] }
    var kind: RecordKind { .scores }
    var isUnexpected: ((_ content: [UInt8]) -> Bool)? {
        guard expectations.contains(where: { $0.subject.scope != .rows }) else { return nil }
        return { record in RecordedScore(record, by: normalization).map(isUnexpected) ?? true }
    }

    /// Whether a row's scores are not as they were expected to be.
    func isUnexpected(_ score: RecordedScore) -> Bool {
        expectations.contains { $0.problem(with: score) != nil }
    }

    func makeParser() -> any RowParsing {
        var request = request.request(.text([]), streams: false, impliedLogprobs: nil)
        for field in Scoring.fields(by: method, topCount: topCount) { request.set(field.name, to: field.value) }
        return ScoreRowParser(defaults: RequestDefaults(request), asksOnce: method == .nextToken)
    }

    func check() throws(UsageError) {
        if task == .run { try connection.check() }
        if rowsFile == nil { try checkQuestion() }
    }

    private func checkQuestion() throws(UsageError) {
        if texts.count + prompts.count > 1 {
            throw UsageError(
                "more than one prompt or text",
                hint: "one prompt, or one text with --text or --text-file, at a time")
        }
        if isOfText {
            guard continuations.isEmpty else {
                throw UsageError("--text is scored by itself", hint: "a prompt with --continuation is an argument")
            }
            guard method == .echo else { throw UsageError("--method next-token scores no --text") }
        } else if let format, !ScoreFormats.suitContinuations(format) {
            throw UsageError("--format: \(own: format.name) shows a --text, not continuations")
        } else if output.columns != nil {
            throw UsageError("--columns: a table of continuations has no others", hint: "it chooses those of a --text")
        }
        let isTokens = continuations.contains { $0.textBytes == nil }
        if isTokens, method == .nextToken {
            throw UsageError("--method next-token scores text, not --continuation-tokens")
        }
        for expectation in expectations { try check(expectation) }
    }

    private func check(_ expectation: ScoreExpectation) throws(UsageError) {
        let name = expectation.subject.rawValue
        switch expectation.subject.scope {
        case .rows: throw UsageError("--expect: \(own: name) needs --rows")
        case .text where !isOfText: throw UsageError("--expect: \(own: name) needs --text")
        case .continuations where isOfText: throw UsageError("--expect: \(own: name) needs continuations")
        case .text, .continuations: break
        }
        guard let winner = expectation.winner, !continuations.contains(where: { $0.textBytes == winner }) else {
            return
        }
        throw UsageError(
            "--expect: \(quoted: winner) is none of the continuations",
            hint: "with the blank that it begins with, as in: --expect 'winner=\" Paris\"'")
    }

    mutating func takeOperands(_ outcome: Parser<ScoreOptions>.Outcome, _ context: ProcessContext) throws(Failure) {
        do throws(UsageError) {
            if rowsFile != nil {
                try takeOperandsOfRows(outcome, context)
            } else {
                if let flag = Section.ofRows.first(where: outcome.given.contains) {
                    throw UsageError("--\(own: flag) goes with --rows only")
                }
                try takeOperands(outcome.operands, context)
            }
        } catch {
            throw .usage(error)
        }
    }

    private mutating func takeOperandsOfRows(
        _ outcome: Parser<ScoreOptions>.Outcome, _ context: ProcessContext
    ) throws(UsageError) {
        if let flag = Section.ofOneQuestion.first(where: outcome.given.contains) {
            throw UsageError(
                "--\(own: flag) does not go with --rows", hint: "a row says what is scored, and is written as JSON")
        }
        results.file = output.file
        resultFiles = outcome.operands
        if task == .verify, resultFiles.isEmpty {
            throw UsageError(
                "--verify: no result files", hint: "name them: --rows questions.jsonl --verify scores.jsonl")
        }
        if task == .verify, let expectation = expectations.first(where: { $0.subject.scope == .rows }) {
            throw UsageError(
                "--expect: \(own: expectation.subject.rawValue) does not go with --verify",
                hint: "the command that wrote the file judges it, and sends nothing once all rows are complete")
        }
        if task != .verify, let extra = resultFiles.first {
            throw UsageError("unexpected argument \(quoted: extra)", hint: "a prompt is part of its row with --rows")
        }
        try results.check(rows, request)
        guard input.elementsEqual("-".utf8) else { return }
        if Descriptor.isTerminal(context.input) {
            throw UsageError(
                "no input", hint: "name a file, as in: cerebras score --rows questions.jsonl -o scores.jsonl")
        }
        if connection.key?.readsInput == true {
            throw UsageError("standard input can be read only once, but the key and the rows are to come from it")
        }
    }

    private mutating func takeOperands(_ operands: [[UInt8]], _ context: ProcessContext) throws(UsageError) {
        if let extra = operands.dropFirst(isOfText || !prompts.isEmpty ? 0 : 1).first {
            throw UsageError("unexpected argument \(quoted: extra)", hint: "one prompt, or one --text, at a time")
        }
        if let operand = operands.first {
            prompts = [operand.elementsEqual("-".utf8) ? .standardInput : .argument(operand)]
        }
        guard !isOfText else { return }
        guard !continuations.isEmpty else {
            throw UsageError(
                "no --continuation",
                hint:
                    "name what may follow the prompt, score a text by itself with --text, or a file of questions with --rows"
            )
        }
        if prompts.isEmpty {
            guard !Descriptor.isTerminal(context.input) else {
                throw UsageError("no prompt", hint: "as in: cerebras score 'The capital is' --continuation ' Paris'")
            }
            prompts = [.standardInput]
        }
        let readers = prompts.count(where: \.readsInput) + (connection.key?.readsInput == true ? 1 : 0)
        if readers > 1 { throw UsageError("standard input can be read only once, but '-' is given more than once") }
        let tokens = continuations.count { $0.textBytes == nil }
        guard tokens == (prompts[0].isTokens ? continuations.count : 0) else {
            throw UsageError("a prompt and its continuations are all text or all token IDs")
        }
    }
}
