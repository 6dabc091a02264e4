public import API
import Platform

/// What the log probabilities of one sampled token say. Log probabilities are natural logarithms throughout, as the API
/// gives them; surprise and entropy are in bits. What can't be known is nil.
public struct TokenStatistics: Sendable {
    /// The token they are of.
    public let token: TokenLogprob
    /// What the server lists as most likely, best first; of equal ones, in the server's order. Several may have the same
    /// text, since different tokens can decode alike; each stands for a token of its own.
    public let alternatives: [TokenLogprob.Alternative]
    /// Where the sampled token stands in ``alternatives``; nil when it is not listed.
    public let sampledPlace: Int?
    /// From 1; beyond k when the sampled token is not among the k likeliest.
    public let rank: TokenRank?
    /// The sampled token's log probability less that of the likeliest other one: above 0 when the likeliest was sampled,
    /// else how far the sampled one was behind it.
    public let margin: Double?
    /// Whether fewer tokens are listed than were requested.
    public let isShort: Bool
    /// How many of the alternatives have a text that one before them has.
    public let repeatedTexts: Int
    /// How many of ``alternatives`` are known to be the likeliest of all.
    private let topCount: Int
    private let vocabularySize: Int?

    /// Weighs a token.
    ///
    /// - Parameters:
    ///   - topCount: how many likely tokens were requested; nil when that is not known.
    ///   - vocabularySize: how many tokens the model knows; without it entropy has no upper bound.
    public init(_ token: TokenLogprob, topCount: Int?, vocabularySize: Int? = nil) {
        let ranking = TokenRanking(token, topCount: topCount)
        self.token = token
        alternatives = ranking.best
        sampledPlace = ranking.sampledPlace
        rank = ranking.rank
        let other = ranking.best.indices.first { $0 != ranking.sampledPlace }.flatMap { ranking.best[$0].logprob }
        margin = token.logprob.flatMap { own in other.map { own - $0 } }
        isShort = topCount.map { $0 > ranking.best.count } ?? false
        repeatedTexts = Self.repeatedTexts(of: ranking.best)
        self.topCount = ranking.topCount
        self.vocabularySize = vocabularySize
    }

    /// What the known probabilities lack of 1: those of all listed tokens, and of the sampled one when it is not listed.
    /// 0 when rounding takes their sum over 1; nil when nothing is listed but the sampled token.
    public var missingMass: Double? { mass?.missing }

    /// The entropy of the model's choice. The sampled token is one of the known ones also when it is outside the top k;
    /// the least likely of the top k, which no unknown token exceeds, is given without it. nil when nothing is listed but the
    /// sampled token.
    public var entropy: EntropyBounds? {
        mass.map {
            EntropyBounds(known: $0.known, missing: $0.missing, ceiling: $0.ceiling, vocabularySize: vocabularySize)
        }
    }

    /// The probabilities that are known, what they lack of 1, and the most that an unknown one can be. Not every view asks.
    private var mass: (known: [Double], missing: Double, ceiling: Double)? {
        guard topCount > 0 else { return nil }
        var known: [Double] = []
        known.reserveCapacity(alternatives.count + 1)
        for place in alternatives.indices {
            if let logprob = alternatives[place].logprob { known.append(Double.exp(logprob)) }
        }
        // Those that are known come first, so the last of the top k may be one that is not.
        guard let ceiling = known.prefix(topCount).last else { return nil }
        let isKnown = sampledPlace.map { alternatives[$0].logprob != nil } ?? false
        if !isKnown, let own = token.logprob { known.append(Double.exp(own)) }
        return (known, max(0, 1 - known.compensatedSum), ceiling)
    }

    /// From 0 to 1, as far as the server's own number is.
    public var probability: Double? { token.logprob.map { Double.exp($0) } }

    /// The bits that the token was worth: 0 for a certain one, 1 for one of two equally likely ones.
    public var surprise: Double? { token.logprob.map { 0 - $0 / Double.log(2) } }

    /// Whether the token's text is not all it was: bytes that are not UTF-8, or U+FFFD that stands for such.
    public var isPartial: Bool { token.text.map(TokenSpelling.hasReplacement) ?? false }

    private static func repeatedTexts(of alternatives: [TokenLogprob.Alternative]) -> Int {
        guard alternatives.count <= 64 else {
            let texts = alternatives.filter(\.isNamed).map(\.text)
            return texts.count - Set(texts).count
        }
        // A bit for each text that came: where its bit is still free, no text before it is the same.
        var (count, seen) = (0, UInt64(0))
        for place in alternatives.indices where alternatives[place].isNamed {
            let text = alternatives[place].text
            let hash = text.reduce(UInt64(0)) { ($0 ^ UInt64($1)) &* 0x9E37_79B9_7F4A_7C15 }
            let bit = UInt64(1) << (hash >> 58)
            if seen & bit != 0, alternatives[..<place].contains(where: { $0.isNamed && $0.text == text }) { count += 1 }
            seen |= bit
        }
        return count
    }

    /// Whether alternatives are listed and the token, though the server adds it to them, is not one of them.
    public var isUnlisted: Bool {
        !alternatives.isEmpty && sampledPlace == nil && (token.text != nil || token.id != nil)
    }

    /// Whether the token or one of its alternatives has a log probability above 0, which no probability has.
    public var isPositive: Bool {
        (token.logprob ?? 0) > 0 || alternatives.contains { ($0.logprob ?? 0) > 0 }
    }
}
