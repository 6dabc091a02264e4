import TestSupport

/// What a server without any fault gives, to measure the others by.
struct FaultReference: Sendable {
    /// Of the sandbox.
    static let ofSandbox = Task {
        let sandbox = try await ServedSandbox.start()
        return try await FaultReference(streamed: sandbox.url, whole: sandbox.url, isSandbox: true)
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
        return try await FaultReference(streamed: streaming.url, whole: answering.url, isSandbox: false)
    }

    /// What was written, by form and format.
    private let outputs: [FaultForm: [String: String]]

    private init(streamed: String, whole: String, isSandbox: Bool) async throws {
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
        case .ended(let count) where format == "json": return FaultAnswer.gathered(count)
        case .begun(let count), .ended(let count):
            switch format {
            case "text": return FaultAnswer.tokens.prefix(count).joined()
            case "jsonl": return Self.lines(count, of: whole)
            // Below a headline, which comes with the first token.
            case "table": return count == 0 ? "" : Self.lines(count + 1, of: whole)
            default: return ""
            }
        }
    }

    private static func lines(_ count: Int, of text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).prefix(count).map { $0 + "\n" }.joined()
    }
}
