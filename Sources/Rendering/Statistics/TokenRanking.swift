import API

/// The place of a sampled token among those that the server lists as most likely.
struct TokenRanking {
    /// The listed tokens, best first; those of equal probability in the server's order.
    let best: [TokenLogprob.Alternative]
    /// How many of `best` are known to be the likeliest of all. The server adds the sampled token when it is not among
    /// those asked for, so of N+1 listed tokens the last is only known to come after N.
    let topCount: Int
    /// Where the sampled token stands in `best`; nil when it is not listed.
    let sampledPlace: Int?
    /// The sampled token's rank; nil when nothing is listed or its log probability is not known.
    let rank: TokenRank?

    /// Ranks a token.
    ///
    /// - Parameters:
    ///   - topCount: how many likely tokens were asked for; nil when that is not known, and all that is listed counts.
    init(_ token: TokenLogprob, topCount: Int?) {
        let listed = token.alternatives ?? []
        let order = listed.indices.sorted {
            (-(listed[$0].logprob ?? -.infinity), $0) < (-(listed[$1].logprob ?? -.infinity), $1)
        }
        best = order.map { listed[$0] }
        self.topCount = min(max(topCount ?? best.count, best.count - 1), best.count)
        sampledPlace = Self.place(of: token, in: best)
        rank = Self.rank(of: token, at: sampledPlace, in: best, topCount: self.topCount)
    }

    /// How far apart the two log probabilities of one token may be, as a server rounds them.
    private static let likeness = 0.1

    /// An ID names one token. A text may be listed more than once, since different tokens can decode alike; the nearest
    /// probability decides. Where it stands for bytes that are no character, one that is not near is another token's.
    private static func place(of token: TokenLogprob, in best: [TokenLogprob.Alternative]) -> Int? {
        if let id = token.id, let place = best.firstIndex(where: { $0.id == id }) { return place }
        guard let text = token.text else { return place(ofUnnamed: token, in: best) }
        func distance(_ place: Int) -> Double {
            guard let own = token.logprob, let listed = best[place].logprob else { return .infinity }
            return abs(own - listed)
        }
        let nearest = best.indices.filter { best[$0].text == text }.min { distance($0) < distance($1) }
        guard let nearest, token.logprob != nil, TokenText.isPartial(text) || text.isEmpty else { return nearest }
        return distance(nearest) <= likeness ? nearest : nil
    }

    /// A token without a text is the listed one whose probability is its own, when only one is.
    private static func place(ofUnnamed token: TokenLogprob, in best: [TokenLogprob.Alternative]) -> Int? {
        guard let own = token.logprob else { return nil }
        let alike = best.indices.filter { best[$0].logprob == own }
        return alike.count == 1 ? alike.first : nil
    }

    private static func rank(
        of token: TokenLogprob, at place: Int?, in best: [TokenLogprob.Alternative], topCount: Int
    ) -> TokenRank? {
        guard !best.isEmpty, let logprob = token.logprob else { return nil }
        // Listed or not, a token's probability tells how many listed ones are likelier.
        let listed = place.flatMap { best[$0].logprob == nil ? nil : $0 }
        let likelier = listed ?? best.filter { ($0.logprob ?? -.infinity) > logprob }.count
        return likelier < topCount ? .exactly(likelier + 1) : .beyond(topCount)
    }
}
