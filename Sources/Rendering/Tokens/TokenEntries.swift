import API

/// Counts and weighs the tokens of each choice as they come.
struct TokenEntries {
    /// What is kept of a choice.
    private struct Choice {
        var count = 0
        var figures = ChoiceStatistics()
    }

    private let context: RenderContext
    private var choices: [Int: Choice] = [:]

    init(_ context: RenderContext) {
        self.context = context
    }

    /// How many entries of a choice have come.
    func count(of index: Int) -> Int { choices[index]?.count ?? 0 }

    /// What the entries of a choice that have come say together.
    func figures(of index: Int) -> ChoiceStatistics { choices[index]?.figures ?? ChoiceStatistics() }

    /// The entries that a chunk adds to a choice: its tokens; without log probabilities the token IDs that were asked for,
    /// or the text as one.
    mutating func next(_ delta: ChoiceDelta) -> [TokenEntry] {
        var choice = choices[delta.index] ?? Choice()
        let entries = next(delta, &choice)
        choice.figures.end(delta.finishReason)
        choices[delta.index] = choice
        return entries
    }

    private func next(_ delta: ChoiceDelta, _ choice: inout Choice) -> [TokenEntry] {
        let tokens = delta.tokens
        let ids = delta.tokenIDs ?? []
        var entries: [TokenEntry] = []
        func add(_ text: [UInt8]?, _ id: Int?, _ statistics: TokenStatistics?) {
            if let statistics { choice.figures.add(statistics) }
            entries.append(
                TokenEntry(
                    choice: delta.index, position: choice.count, text: text, id: id, statistics: statistics,
                    figures: choice.figures))
            choice.count += 1
        }
        for (place, token) in tokens.enumerated() {
            let statistics = TokenStatistics(
                token, topCount: context.topCount, vocabularySize: context.vocabularySize)
            add(token.text, token.id ?? (ids.count == tokens.count ? ids[place] : nil), statistics)
        }
        guard tokens.isEmpty else { return entries }
        if context.showsTokenIDs, !ids.isEmpty {
            for id in ids { add(nil, id, nil) }
        } else if !delta.text.isEmpty {
            // The server ignored `logprobs`: what came is shown, without numbers.
            add(delta.text, nil, nil)
        }
        return entries
    }
}
