import TestSupport

/// What a server without any fault gives, to measure the others by.
struct FaultReference: Sendable {
    /// Of the sandbox.
    static let ofSandbox = Task {
        let sandbox = try await ServedSandbox.start()
        let totals = """
            tokens         3
            logprob        -0.3296, mean -0.1099
            perplexity     1.1161
            least likely   81.51% " dark"
                           at position 1, offset 8

            """
        return try await FaultReference(
            streamed: sandbox.url, whole: sandbox.url, isSandbox: true, totalsOfThree: totals)
    }

    /// Of the raw server.
    static let ofBytes = Task {
        var (streamed, whole) = (FaultAnswer.reply(.streamed), FaultAnswer.reply(.whole))
        (streamed.repeats, whole.repeats) = (true, true)
        let (streaming, answering) = (try LoopbackServer([streamed]), try LoopbackServer([whole]))
        defer {
            streaming.stop()
            answering.stop()
        }
        let totals = """
            tokens         3
            logprob        -1.5000, mean -0.5000
            perplexity     1.6487
            least likely   60.65% " a"
                           at position 0, offset 6

            """
        return try await FaultReference(
            streamed: streaming.url, whole: answering.url, isSandbox: false, totalsOfThree: totals)
    }

    /// What was written, by form and format.
    private let outputs: [FaultForm: [String: String]]
    /// What a table says below the rows of three tokens, but for why it ends there.
    private let totalsOfThree: String

    private init(streamed: String, whole: String, isSandbox: Bool, totalsOfThree: String) async throws {
        self.totalsOfThree = totalsOfThree
        var outputs: [FaultForm: [String: String]] = [:]
        for run in FaultRun.all([]) {
            let url = run.form == .streamed ? streamed : whole
            let outcome = try await run.outcome(url: url, isSandbox: isSandbox)
            guard outcome.status == 0, outcome.error.isEmpty else { throw TestFault.notShown(outcome.error) }
            outputs[run.form, default: [:]][run.format] = outcome.output
        }
        self.outputs = outputs
    }

    /// What is to be written.
    func output(_ output: FaultCell.Output, _ form: FaultForm, _ format: String) -> String {
        let whole = outputs[form]?[format] ?? ""
        switch output {
        case .nothing: return ""
        case .whole: return whole
        case .begun(let count): return begun(count, format, whole, document: "", reason: "none: cut short")
        case .ended(let count):
            return begun(count, format, whole, document: FaultAnswer.gathered(count), reason: "none")
        }
    }

    /// The first tokens; a table's totals are known of three.
    private func begun(
        _ count: Int, _ format: String, _ whole: String, document: String, reason: String
    ) -> String {
        switch format {
        case "text": FaultAnswer.tokens.prefix(count).joined()
        case "jsonl": Self.lines(count, of: whole)
        // Below a headline.
        case "table": Self.lines(count + 1, of: whole) + "\n" + totalsOfThree + "finish reason  \(reason)\n"
        default: document
        }
    }

    private static func lines(_ count: Int, of text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).prefix(count).map { $0 + "\n" }.joined()
    }
}
