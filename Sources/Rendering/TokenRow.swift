import API

/// What a table says of one token, as text.
struct TokenRow {
    /// The place of the token in its choice, from 0.
    let position: String
    /// The server's `text_offset`.
    let offset: String
    /// The token, quoted.
    let token: String
    /// Natural logarithm, four decimals.
    let logprob: String
    /// In percent.
    let probability: String
    /// Among the likely tokens, from 1; `>5` when outside those five.
    let rank: String
    /// Best first, each quoted with its probability, the sampled one marked with an asterisk.
    let alternatives: [String]

    /// A token's row.
    ///
    /// - Parameters:
    ///   - topCount: how many likely tokens were asked for.
    init(_ token: TokenLogprob, position: Int, topCount: Int?) {
        self.position = String(position)
        offset = token.offset.map { String($0) } ?? "-"
        self.token = token.text.map(TokenText.quote) ?? "-"
        logprob = token.logprob.map { Decimal.format($0, places: 4) } ?? "-"
        probability = token.logprob.map(Decimal.percent) ?? "-"
        let ranking = TokenRanking(token, topCount: topCount)
        rank = ranking.rank?.description ?? "-"
        alternatives = ranking.best.enumerated().map { place, alternative in
            let mark = place == ranking.sampledPlace ? "*" : ""
            return mark + TokenText.quote(alternative.text) + " " + (alternative.logprob.map(Decimal.percent) ?? "-")
        }
    }

    /// A row for a token, as it is shown, that came without log probabilities.
    init(unweighed shown: String, position: Int) {
        self.position = String(position)
        token = shown
        (offset, logprob, probability, rank) = ("-", "-", "-", "-")
        alternatives = []
    }
}
