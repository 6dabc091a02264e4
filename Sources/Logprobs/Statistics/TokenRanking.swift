import API

/// The place of a sampled token among those that the server lists as most likely.
struct TokenRanking {
    /// The listed tokens, best first; those of equal probability in the server's order.
    let best: [TokenLogprob.Alternative]
    /// How many of `best` are known to be the likeliest of all. The server adds the sampled token when it is not among
    /// those asked for, so where the sampled token is the last one listed it is one of the likeliest only if as many were
    /// requested. 0 when nothing but the sampled token is listed, or nothing with a log probability.
    let topCount: Int
    /// Where the sampled token stands in `best`; nil when it is not listed.
    let sampledPlace: Int?
    /// The sampled token's rank; nil when ``topCount`` is 0 or its log probability is not known.
    let rank: TokenRank?

    /// Ranks a token.
    ///
    /// - Parameters:
    ///   - topCount: how many likely tokens were requested; nil when that is not known, and all that is listed counts if
    ///     that is more than the sampled one.
    init(_ token: TokenLogprob, topCount: Int?) {
        best = Self.ranked(token.alternatives ?? [])
        let place = Self.place(of: token, in: best)
        sampledPlace = place
        // Without a probability of its own the sampled one may be any of those that decode alike.
        let isSure = token.logprob != nil || best.count { $0.text == token.text?[...] } < 2
        self.topCount = Self.topCount(of: best, sampledPlace: isSure ? place : nil, asked: topCount, isSure: isSure)
        rank = Self.rank(of: token, at: place, in: best, topCount: self.topCount)
    }

    /// Best first; those of equal probability in the server's order, which most servers rank themselves.
    private static func ranked(_ listed: [TokenLogprob.Alternative]) -> [TokenLogprob.Alternative] {
        func weight(_ place: Int) -> Double { listed[place].logprob ?? -.infinity }
        if listed.indices.dropFirst().allSatisfy({ weight($0 - 1) >= weight($0) }) { return listed }
        return listed.indices.sorted { (-weight($0), $0) < (-weight($1), $1) }.map { listed[$0] }
    }

    private static func topCount(
        of best: [TokenLogprob.Alternative], sampledPlace: Int?, asked: Int?, isSure: Bool
    ) -> Int {
        let isOnlySampled = best.count == 1 && sampledPlace == 0
        guard best.contains(where: { $0.logprob != nil }), !isOnlySampled || asked == 1 else { return 0 }
        guard let asked, !isSure || sampledPlace == best.count - 1 else { return best.count }
        return asked >= best.count ? best.count : best.count - 1
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
        var nearest: Int?
        let name = text[...]
        for place in best.indices
        where best[place].text == name && (token.id == nil || best[place].id == nil)
            && nearest.map({ distance(place) < distance($0) }) ?? true
        {
            nearest = place
        }
        let isVague = text.isEmpty || TokenSpelling.hasReplacement(text)
        guard let nearest, token.logprob != nil, isVague else { return nearest }
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
        guard topCount > 0, let logprob = token.logprob else { return nil }
        // Listed or not, a token's probability tells how many listed ones are likelier. What is listed in place of it is,
        // whatever its own.
        let listed = place.flatMap { best[$0].logprob == nil ? nil : $0 }
        let unknown = place == nil ? Double.infinity : -.infinity
        let likelier = listed ?? best.count { ($0.logprob ?? unknown) > logprob }
        return likelier < topCount ? .exactly(likelier + 1) : .beyond(topCount)
    }
}
