public import API
public import Logprobs

/// One choice of two responses, token by token as far as both have tokens.
public struct ChoiceComparison: Sendable {
    /// The parts of a text that are compared.
    public enum Unit: String, Sendable {
        case token, id, character
    }

    /// The choice's index.
    public let index: Int
    /// The choice in each response; nil where it is missing.
    public let sides: Pair<ComparedReply.Choice?>
    /// What is compared one by one.
    public let unit: Unit
    /// How many units each has.
    public let counts: Pair<Int>
    /// The place, from 0, of the first unit that is not the same or not there in one; nil when there is none.
    public let divergence: Int?
    /// What each response's model weighed there; nil without log probabilities, or after the end.
    public let weighed: Pair<TokenStatistics?>
    /// How far the log probabilities before that place, or all of them, are apart.
    public let drift: LogprobDrift

    init(_ index: Int, _ a: ComparedReply.Choice?, _ b: ComparedReply.Choice?, topCounts: Pair<Int?>) {
        self.index = index
        sides = Pair(a: a, b: b)
        let (tokensA, tokensB) = (a?.tokens ?? [], b?.tokens ?? [])
        var counts = Pair(a: tokensA.count, b: tokensB.count)
        if let a, let b, !tokensA.isEmpty, !tokensB.isEmpty {
            unit = .token
            divergence = Self.divergence(Array(tokensA.indices), Array(tokensB.indices)) { place, _ in
                Self.isSame(a, b, at: place)
            }
        } else if let idsA = a?.ids, let idsB = b?.ids {
            unit = .id
            divergence = Self.divergence(idsA, idsB, by: ==)
            counts = Pair(a: idsA.count, b: idsB.count)
        } else {
            unit = .character
            let (textA, textB) = (CodePoints.read(a?.exactText ?? []), CodePoints.read(b?.exactText ?? []))
            divergence = Self.divergence(textA, textB, by: ==)
            counts = Pair(a: textA.count, b: textB.count)
        }
        self.counts = counts
        let end = divergence ?? min(tokensA.count, tokensB.count)
        drift = unit == .token ? LogprobDrift(tokensA.prefix(end), tokensB.prefix(end)) : LogprobDrift([], [])
        weighed = Pair(
            a: unit == .token ? Self.weighed(tokensA, at: divergence, topCounts.a) : nil,
            b: unit == .token ? Self.weighed(tokensB, at: divergence, topCounts.b) : nil)
    }

    /// Whether both responses have the choice, with the same text in the same units and for the same reason ended.
    public var isSame: Bool {
        guard let a = sides.a, let b = sides.b else { return false }
        return divergence == nil && a.exactText == b.exactText && hasSameReason
    }

    /// Whether both responses have the choice, with the same text in whatever units.
    public var hasSameText: Bool { sides.a != nil && sides.a?.exactText == sides.b?.exactText }

    /// Whether both ended for the same reason.
    public var hasSameReason: Bool {
        let reasons = [sides.a, sides.b].map { $0?.finishReason.map { Array($0.utf8) } }
        return reasons[0] == reasons[1]
    }

    private static func divergence<Element>(
        _ a: [Element], _ b: [Element], by areSame: (Element, Element) -> Bool
    ) -> Int? {
        let shared = zip(a, b).prefix { areSame($0, $1) }.reduce(0) { count, _ in count + 1 }
        return shared == a.count && shared == b.count ? nil : shared
    }

    /// Whether two tokens are the same: different ones can decode alike, so their IDs count where both are known.
    private static func isSame(_ a: ComparedReply.Choice, _ b: ComparedReply.Choice, at place: Int) -> Bool {
        guard a.tokens[place].exactText == b.tokens[place].exactText else { return false }
        guard let idA = a.id(ofToken: place), let idB = b.id(ofToken: place) else { return true }
        return idA == idB
    }

    private static func weighed(_ tokens: [TokenLogprob], at place: Int?, _ topCount: Int?) -> TokenStatistics? {
        guard let place, place < tokens.count else { return nil }
        return TokenStatistics(tokens[place], topCount: topCount)
    }
}

extension TokenLogprob {
    /// The token's bytes, kept apart from every other's; nil if the server does not name it.
    public var exactText: [UInt8]? { brokenText ?? text }
}
