public import Platform

/// Something that a complete response must be: a subject, a comparison and a value, such as `tokens<=20`.
public struct Expectation {
    /// What of a choice is looked at.
    public enum Subject: Equatable, Sendable {
        /// The choice's text.
        case text
        /// Its finish reason.
        case finish
        /// How many tokens it has.
        case tokens
        /// Figures over the tokens that have a log probability.
        case meanLogprob
        case minLogprob
        case perplexity
        /// The token at a place, from 0; its probability; its log probability.
        case token(Int)
        case prob(Int)
        case logprob(Int)
    }

    /// How two numbers are compared.
    public enum Relation: String, CaseIterable, Sendable {
        case notEqual = "!="
        case atMost = "<="
        case atLeast = ">="
        case less = "<"
        case greater = ">"
        case equal = "="
    }

    /// What the subject must be.
    enum Condition {
        case number(Relation, Double)
        /// These bytes, or any but these.
        case text([UInt8], isNegated: Bool)
        /// Text in which the pattern is found somewhere, or nowhere.
        case pattern(Pattern, isNegated: Bool)
    }

    /// The words it was given in.
    public let words: Message
    /// What is looked at.
    public let subject: Subject
    /// What it must be.
    let condition: Condition

    /// The `logprobs` that a request must have; nil when none are needed.
    public var impliedLogprobs: Int? {
        switch subject {
        case .text, .finish, .tokens: nil
        case .meanLogprob, .minLogprob, .perplexity, .token, .prob, .logprob: 0
        }
    }
}

extension Expectation.Subject {
    /// Whether it is text rather than a number.
    var isText: Bool {
        switch self {
        case .text, .finish, .token: true
        case .tokens, .meanLogprob, .minLogprob, .perplexity, .prob, .logprob: false
        }
    }

    /// Every subject as it is written.
    public static let names = [
        "text", "finish", "tokens", "mean_logprob", "min_logprob", "perplexity", "token[N]", "prob[N]", "logprob[N]",
    ]

    /// The subject with this name; nil when there is none.
    init?(_ name: String, place: Int?) {
        switch (name, place) {
        case ("text", nil): self = .text
        case ("finish", nil): self = .finish
        case ("tokens", nil): self = .tokens
        case ("mean_logprob", nil): self = .meanLogprob
        case ("min_logprob", nil): self = .minLogprob
        case ("perplexity", nil): self = .perplexity
        case ("token", let place?): self = .token(place)
        case ("prob", let place?): self = .prob(place)
        case ("logprob", let place?): self = .logprob(place)
        default: return nil
        }
    }
}

extension Expectation.Relation {
    /// Whether it holds between a number that was found and the one that was given.
    func holds(_ found: Double, _ given: Double) -> Bool {
        switch self {
        case .equal: found == given
        case .notEqual: found != given
        case .less: found < given
        case .atMost: found <= given
        case .greater: found > given
        case .atLeast: found >= given
        }
    }
}
