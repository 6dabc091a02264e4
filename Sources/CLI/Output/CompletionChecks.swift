import API
import Evaluation
import Logprobs
import Platform

/// What a complete response must be for the program to end well.
struct CompletionChecks {
    /// Finish reasons that are not to be taken for success.
    var failReasons: [String] = []
    var expectations: [Expectation] = []

    /// The `logprobs` that a request must have; nil when none are needed.
    var impliedLogprobs: Int? { expectations.compactMap(\.impliedLogprobs).max() }

    /// A record that keeps what these checks need, and what shows whether prompts came back.
    ///
    /// - Parameter prompts: those that were to come back before the completions.
    func makeRecord(echoing prompts: EchoedPrompts = EchoedPrompts()) -> CompletionRecord {
        let checks = ExpectationChecks(expectations)
        return CompletionRecord(
            keeping: prompts.isEmpty ? checks.details : checks.details.union(.beginning), places: checks.places)
    }

    /// What is not as it must be in a complete response, as a failure; nil when all is well.
    func failure(of record: CompletionRecord) -> Failure? {
        if let problem = refusedReason(in: record.progress) { return .unexpected("\(problem) (--fail-on)") }
        let problems = ExpectationChecks(expectations).problems(in: record)
        return problems.isEmpty ? nil : .unexpected("\(problems.joined(separator: "; ")) (--expect)")
    }

    /// The same of a complete response as it was recorded.
    func failure(ofResponse content: [UInt8]) -> Failure? {
        var (decoder, record) = (ReplyDecoder(.saved), makeRecord())
        for case .chunk(let chunk) in decoder.feed(content[...]) + decoder.finish() { record.note(chunk) }
        record.progress = decoder.progress
        return failure(of: record)
    }

    /// Whether a complete response, as it was recorded, is not as it must be; nil where nothing is asked of it.
    var isUnexpected: ((_ content: [UInt8]) -> Bool)? {
        guard !expectations.isEmpty || !failReasons.isEmpty else { return nil }
        return { failure(ofResponse: $0) != nil }
    }

    /// The first choice that ended for a reason that is not to be taken for success, as a clause.
    private func refusedReason(in progress: ReplyProgress) -> Message? {
        let refused = progress.choices.compactMap { index, choice in
            choice.finishReason.flatMap { failReasons.contains($0) ? (index: index, reason: $0) : nil }
        }
        guard let choice = refused.min(by: { $0.index < $1.index }) else { return nil }
        let subject: Message = progress.choices.count == 1 ? "" : "choice \(choice.index): "
        return "\(subject)finish reason \(quoted: choice.reason.utf8)"
    }
}
