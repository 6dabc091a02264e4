import Platform

/// A token of a choice, or what came in place of one.
public struct TokenEntry: Sendable {
    /// The choice's index.
    public let choice: Int
    /// The part of the choice that it belongs to.
    public let part: TokenPart
    /// Its place in that part, from 0.
    public let position: Int
    /// The bytes; nil if the server sends none.
    public let text: [UInt8]?
    /// Its ID; nil if the server sends none.
    public let id: Int?
    /// What its log probabilities say; nil when it came without any: then `text` may be more than a token.
    public let statistics: TokenStatistics?
    /// The sum of the part's log probabilities up to and with this token, natural logarithm.
    public let totalLogprob: Double
    /// The part's mean log probability up to and with this token; nil when no token has one.
    let meanLogprob: Double?

    /// The part's perplexity up to and with this token; nil when no token has a log probability.
    public var perplexity: Double? { meanLogprob.map { Double.exp(-$0) } }
}
