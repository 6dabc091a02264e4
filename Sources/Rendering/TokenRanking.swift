import API

/// The place of a sampled token among those that the server lists as most likely.
struct TokenRanking {
    /// The listed tokens, best first; those of equal probability in the server's order.
    let best: [TokenLogprob.Alternative]
    /// Where the sampled token stands in `best`; nil when it is not listed.
    let sampledPlace: Int?
    /// From 1; `>5` when it is outside the five likeliest, `-` when nothing is known.
    let rank: String

    /// Ranks a token.
    ///
    /// - Parameters:
    ///   - topCount: how many likely tokens were asked for. The server adds the sampled one when it is not among them,
    ///     so of N+1 listed tokens the last one's rank is only known to be over N.
    init(_ token: TokenLogprob, topCount: Int?) {
        let listed = token.alternatives ?? []
        let order = listed.indices.sorted {
            (-(listed[$0].logprob ?? -.infinity), $0) < (-(listed[$1].logprob ?? -.infinity), $1)
        }
        best = order.map { listed[$0] }
        sampledPlace = Self.place(of: token, in: best)
        rank = Self.rank(of: token, at: sampledPlace, in: best, topCount: topCount)
    }

    /// Texts may be listed more than once, since different tokens can decode alike; the nearest probability decides.
    private static func place(of token: TokenLogprob, in best: [TokenLogprob.Alternative]) -> Int? {
        guard let text = token.text else { return nil }
        func distance(_ place: Int) -> Double {
            guard let own = token.logprob, let listed = best[place].logprob else { return .infinity }
            return abs(own - listed)
        }
        return best.indices.filter { best[$0].text == text }.min { distance($0) < distance($1) }
    }

    private static func rank(
        of token: TokenLogprob, at place: Int?, in best: [TokenLogprob.Alternative], topCount: Int?
    ) -> String {
        guard !best.isEmpty, let logprob = token.logprob else { return "-" }
        // Listed or not, a token's probability tells how many listed ones are likelier.
        let likelier = place ?? best.filter { ($0.logprob ?? -.infinity) > logprob }.count
        let known = max(topCount ?? best.count, best.count - 1)
        if place == nil, likelier == best.count { return ">\(min(known, best.count))" }
        return likelier < known ? String(likelier + 1) : ">\(known)"
    }
}
