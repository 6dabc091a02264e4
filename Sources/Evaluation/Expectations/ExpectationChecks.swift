import API
import JSON
public import Logprobs
public import Platform

/// Everything that is expected of a completion.
public struct ExpectationChecks {
    /// In the order in which they were given.
    public let expectations: [Expectation]

    /// Those checks.
    public init(_ expectations: [Expectation]) {
        self.expectations = expectations
    }

    /// What a record must keep to be judged by them.
    public var details: CompletionRecord.Details {
        guard !expectations.isEmpty else { return [] }
        let needsTokens = expectations.contains { $0.impliedLogprobs != nil || $0.subject == .tokens }
        return needsTokens ? [.text, .tokenIDs, .statistics] : .text
    }

    /// The places of the tokens that a record must keep.
    public var places: Set<Int> { Set(expectations.compactMap(\.subject.place)) }

    /// What is not as expected, as text, for each choice that is not: `expected tokens<=5, got 6`.
    ///
    /// - Parameter record: what was kept of the completion.
    public func problems(in record: CompletionRecord) -> [Message] {
        let progress = record.progress
        return record.choices.sorted { $0.key < $1.key }.compactMap { index, choice in
            let judged = JudgedChoice(
                choice, finishReason: progress.choices[index]?.finishReason,
                completionTokens: record.choices.count == 1 ? progress.usage?["completion_tokens"]?.integer : nil)
            let found = expectations.compactMap { expectation in
                expectation.problem(with: judged).map { "expected \(expectation.words), got \($0)" as Message }
            }
            let subject: Message = record.choices.count == 1 ? "" : "choice \(index): "
            return found.isEmpty ? nil : "\(subject)\(found.joined(separator: "; "))"
        }
    }
}

/// A choice as expectations see it.
struct JudgedChoice {
    let record: CompletionRecord.Choice
    let finishReason: String?
    /// As the server counts those of an only one, else as they came; nil when they did not.
    let tokenCount: Int?

    /// - Parameter completionTokens: how many the server counts; nil when that is not of this choice alone.
    init(_ record: CompletionRecord.Choice, finishReason: String?, completionTokens: Int?) {
        self.record = record
        self.finishReason = finishReason
        tokenCount = completionTokens ?? [record.statistics.tokens, record.tokenIDCount].first { $0 > 0 }
    }
}
