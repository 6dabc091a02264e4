public import API
import JSON
import Logprobs
public import Platform

/// What expectations need to know of an answer, gathered as it comes.
public struct AnswerRecord {
    /// One choice.
    struct Choice {
        fileprivate(set) var text: [UInt8] = []
        fileprivate(set) var finishReason: String?
        fileprivate(set) var statistics = ChoiceStatistics()
        /// The tokens at the places that an expectation names.
        fileprivate(set) var tokens: [Int: TokenLogprob] = [:]
        /// How many token IDs came.
        fileprivate(set) var ids = 0
    }

    /// What the answer must be.
    let expectations: [Expectation]
    private let places: Set<Int>
    private let needsLogprobs: Bool
    private var joiner = SurrogateJoiner()
    /// By index.
    private(set) var choices: [Int: Choice] = [:]
    private var completionTokens: Int?

    /// Of an answer that must meet these.
    public init(_ expectations: [Expectation]) {
        self.expectations = expectations
        places = Set(expectations.compactMap(\.subject.place))
        needsLogprobs = expectations.contains { $0.impliedLogprobs != nil || $0.subject == .tokens }
    }

    /// Takes note of a chunk.
    public mutating func note(_ chunk: CompletionChunk) {
        guard !expectations.isEmpty else { return }
        completionTokens = chunk.usage?["completion_tokens"]?.integer ?? completionTokens
        for choice in chunk.choices {
            var record = choices.removeValue(forKey: choice.index) ?? Choice()
            record.text += joiner.text(of: choice)
            record.finishReason = choice.finishReason ?? record.finishReason
            record.ids += choice.tokenIDs?.count ?? 0
            if needsLogprobs {
                for token in choice.tokens {
                    if places.contains(record.statistics.tokens) { record.tokens[record.statistics.tokens] = token }
                    record.statistics.add(TokenStatistics(token, topCount: nil))
                }
            }
            choices[choice.index] = record
        }
    }

    /// How many tokens a choice has: as the server counts those of an only one, else as they came; nil when they did not.
    func tokenCount(_ choice: Choice) -> Int? {
        if choices.count == 1, let completionTokens { return completionTokens }
        return [choice.statistics.tokens, choice.ids].first { $0 > 0 }
    }

    /// What is not as expected, in words, for each choice that is not: `the answer fails tokens<=5: found 6`.
    public var problems: [Message] {
        choices.sorted { $0.key < $1.key }.compactMap { index, choice in
            let found = expectations.compactMap { expectation in
                expectation.problem(with: choice, of: self).map { "\(expectation.words): found \($0)" as Message }
            }
            let subject: Message = choices.count == 1 ? "the answer" : "choice \(index)"
            return found.isEmpty ? nil : "\(subject) fails \(found.joined(separator: "; "))"
        }
    }
}
