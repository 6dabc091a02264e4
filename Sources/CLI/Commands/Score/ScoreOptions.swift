import Evaluation
import Flags
import Platform
import Rendering

/// What the command line of `score` says.
struct ScoreOptions: ServerOptions {
    /// How log probabilities are had.
    enum Method: String, CaseIterable {
        case echo
        case nextToken = "next-token"

        /// What it does, for the documents.
        var summary: String {
            switch self {
            case .echo: "From the echoed prompt, exactly"
            case .nextToken: "From the likeliest next tokens; exact or an upper bound"
            }
        }
    }

    /// What the output is written as.
    enum Form: String, CaseIterable {
        case table, json, jsonl, tsv, markdown, heatmap, html

        /// One line for the documents.
        var summary: String {
            switch self {
            case .table: "Continuations, or the text's tokens, as a table"
            case .json: "One JSON object; of a text, a response with a score"
            case .jsonl: "Of a text, that response as one line"
            case .tsv: "Tab-separated table with a header"
            case .markdown: "Markdown table"
            case .heatmap: "The text, colored by probability"
            case .html: "The text as a self-contained web page"
            }
        }

        /// Whether continuations can be written so.
        var suitsContinuations: Bool { ![.jsonl, .heatmap, .html].contains(self) }
    }

    /// Where the prompt comes from.
    var prompts: [PromptSource] = []
    /// What is scored after the prompt.
    var continuations: [ScoreInput] = []
    /// Where a text to score by itself comes from.
    var texts: [PromptSource] = []
    /// Whether one newline at the end of a file is dropped.
    var dropsFinalNewline = false
    var normalization = Normalization.sum
    var method = Method.echo
    /// How many likely tokens the method next-token asks for.
    var topCount = 20
    var expectations: [ScoreExpectation] = []
    /// nil for the usual: a table of continuations, or a text's figures.
    var form: Form?
    var request = RequestOptions()
    var output = OutputOptions()
    var connection = ConnectionOptions()
    var isVerbose = false

    /// Whether a text is scored by itself.
    var isOfText: Bool { !texts.isEmpty }

    var isQuiet: Bool { output.isQuiet }
    var reportsErrorsAsJSON: Bool { form == .json || form == .jsonl }
    var subject: Failure.Subject { .completion(request.model) }

    func check() throws(UsageError) {
        try connection.check()
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
        } else if let form, !form.suitsContinuations {
            throw UsageError("--format: \(own: form.rawValue) shows a --text, not continuations")
        }
        let isTokens = continuations.contains { if case .tokens = $0 { true } else { false } }
        if isTokens, method == .nextToken {
            throw UsageError("--method next-token scores text, not --continuation-tokens")
        }
        for expectation in expectations where expectation.subject.isOfText != isOfText {
            let name = expectation.subject.rawValue
            throw UsageError(
                isOfText ? "--expect: \(own: name) needs continuations" : "--expect: \(own: name) needs --text")
        }
    }

    mutating func takeOperands(_ outcome: Parser<ScoreOptions>.Outcome, _ context: ProcessContext) throws(Failure) {
        do throws(UsageError) {
            try takeOperands(outcome.operands, context)
        } catch {
            throw .usage(error)
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
                "no --continuation", hint: "name what may follow the prompt, or score a text by itself with --text")
        }
        if prompts.isEmpty {
            guard !Descriptor.isTerminal(context.input) else {
                throw UsageError("no prompt", hint: "as in: cerebras score 'The capital is' --continuation ' Paris'")
            }
            prompts = [.standardInput]
        }
        let readers = prompts.count(where: \.readsInput) + (connection.key?.readsInput == true ? 1 : 0)
        if readers > 1 { throw UsageError("standard input can be read only once, but '-' is given more than once") }
        let (tokens, texts) = (
            continuations.count { if case .tokens = $0 { true } else { false } }, continuations.count
        )
        let expected = prompts[0].isTokens ? texts : 0
        guard tokens == expected else {
            throw UsageError("a prompt and its continuations are all text or all token IDs")
        }
    }
}
