import API
import JSON
import Logprobs
import Platform

extension Expectation {
    /// What was found instead, as text; nil when the choice is as expected.
    func problem(with choice: JudgedChoice) -> Message? {
        switch subject {
        case .text: judge(choice.record.text, else: "")
        case .finish: judge(choice.finishReason.map { Array($0.utf8) }, else: "no finish reason")
        case .token(let place): judge(choice.record.tokens[place]?.text, else: Self.missing(place, choice))
        case .tokens: judge(choice.tokenCount.map(Double.init), else: "no count of tokens")
        case .meanLogprob: judge(choice.record.statistics.meanLogprob, else: "no log probabilities")
        case .minLogprob: judge(choice.record.statistics.leastLikely?.logprob, else: "no log probabilities")
        case .perplexity: judge(choice.record.statistics.perplexity, else: "no log probabilities")
        case .prob(let place): judge(logprob(place, choice).map { Double.exp($0) }, else: Self.missing(place, choice))
        case .logprob(let place): judge(logprob(place, choice), else: Self.missing(place, choice))
        }
    }

    private func logprob(_ place: Int, _ choice: JudgedChoice) -> Double? { choice.record.tokens[place]?.logprob }

    private static func missing(_ place: Int, _ choice: JudgedChoice) -> Message {
        let count = choice.record.statistics.tokens
        if place < count { return "no log probability" }
        return count == 0 ? "no tokens with log probabilities" : "only \(count) token\(count == 1 ? "" : "s")"
    }

    private func judge(_ found: Double?, else nothing: Message) -> Message? {
        guard case .number(let relation, let given) = condition else { return nil }
        guard let found else { return nothing }
        return relation.holds(found, given) ? nil : "\(own: JSONNumber(found)?.digits ?? found.description)"
    }

    private func judge(_ found: [UInt8]?, else nothing: Message) -> Message? {
        guard let found else { return nothing }
        let isMet =
            switch condition {
            case .text(let given, let isNegated): (found == given) != isNegated
            case .pattern(let pattern, let isNegated): pattern.occurs(in: found) != isNegated
            case .number: true
            }
        return isMet ? nil : "\(quoted: found)"
    }
}

extension Expectation.Subject {
    /// The place of the token that it is about; nil when it is about none.
    var place: Int? {
        switch self {
        case .token(let place), .prob(let place), .logprob(let place): place
        case .text, .finish, .tokens, .meanLogprob, .minLogprob, .perplexity: nil
        }
    }
}
