public import API
import Platform

/// The figures of one choice, gathered as its tokens come, in constant memory. With an echoed prompt they are those of the
/// prompt's tokens too.
public struct ChoiceStatistics: Sendable {
    /// A token, and where it stands.
    public struct Place: Sendable {
        /// The token; its log probability is known.
        public let token: TokenLogprob
        /// Its log probability.
        public let logprob: Double
        /// Its place among the choice's tokens, from 0.
        public let position: Int
        /// How many bytes the tokens before it have.
        public let byteOffset: Int
        /// How many characters (code points) the tokens before it have.
        public let characterOffset: Int
    }

    /// How many tokens came.
    public private(set) var tokens = 0
    /// How many of them have no log probability, as the first of an echoed prompt.
    public private(set) var nulls = 0
    /// The least likely token, the first of several; nil when no token has a log probability.
    public private(set) var leastLikely: Place?
    /// Why the choice ended; nil when it has not.
    public private(set) var finishReason: String?
    /// How many tokens are parts of a character, or U+FFFD in place of one.
    public private(set) var partials = 0
    /// How many tokens have alternatives whose texts are alike.
    public private(set) var repeats = 0
    /// How many tokens are not among their own alternatives.
    public private(set) var unlisted = 0
    /// How many tokens have a log probability above 0, or an alternative that has one.
    public private(set) var positives = 0
    /// How many tokens came with a log probability and fewer alternatives than were requested.
    public private(set) var shortLists = 0
    /// The fewest alternatives that came with such a token; nil when there is none.
    public private(set) var shortest: Int?
    private var sum = CompensatedSum()
    private var byteOffset = 0
    private var characterOffset = 0

    /// Of no tokens yet.
    public init() {}

    /// The sum of the log probabilities, natural logarithm; 0 of none.
    public var totalLogprob: Double { sum.value }

    /// The mean log probability of the tokens that have one; nil when none has.
    public var meanLogprob: Double? { tokens > nulls ? totalLogprob / Double(tokens - nulls) : nil }

    /// Of how many equally likely tokens each choice was worth, e to the power of the mean log probability's negative; nil
    /// when no token has a log probability.
    public var perplexity: Double? { meanLogprob.map { Double.exp(-$0) } }

    /// Takes what a chunk says of the choice.
    ///
    /// - Parameters:
    ///   - topCount: how many likely tokens were requested; nil when that is not known.
    public mutating func add(_ choice: ChoiceDelta, topCount: Int?) {
        for token in choice.tokens { add(TokenStatistics(token, topCount: topCount)) }
        end(choice.finishReason)
    }

    /// Takes the choice's next token.
    public mutating func add(_ token: TokenStatistics) {
        if let logprob = token.token.logprob {
            sum.add(logprob)
            if leastLikely.map({ logprob < $0.logprob }) ?? true {
                leastLikely = Place(
                    token: token.token, logprob: logprob, position: tokens, byteOffset: byteOffset,
                    characterOffset: characterOffset)
            }
            if token.isShort {
                shortLists += 1
                shortest = min(shortest ?? .max, token.alternatives.count)
            }
        } else {
            nulls += 1
        }
        if token.isPartial { partials += 1 }
        if token.repeatedTexts > 0 { repeats += 1 }
        if token.isUnlisted { unlisted += 1 }
        if token.isPositive { positives += 1 }
        let text = token.token.text ?? []
        tokens += 1
        byteOffset += text.count
        characterOffset += text.count { $0 & 0xC0 != 0x80 }
    }

    /// Takes the reason for which the choice ended; nil changes nothing.
    public mutating func end(_ reason: String?) {
        finishReason = reason ?? finishReason
    }
}
