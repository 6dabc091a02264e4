import API

/// Counts the tokens of each choice as they come.
struct TokenEntries {
    private let context: RenderContext
    /// How many entries of each choice have come.
    private var positions: [Int: Int] = [:]

    init(_ context: RenderContext) {
        self.context = context
    }

    /// The entries that a chunk adds to a choice: its tokens; without log probabilities the token IDs that were asked for,
    /// or the text as one.
    mutating func next(_ choice: ChoiceDelta) -> [TokenEntry] {
        let start = positions[choice.index] ?? 0
        let entries = Self.entries(of: choice, from: start, context)
        positions[choice.index] = start + entries.count
        return entries
    }

    private static func entries(of choice: ChoiceDelta, from start: Int, _ context: RenderContext) -> [TokenEntry] {
        let tokens = choice.tokens
        let ids = choice.tokenIDs ?? []
        func entry(_ place: Int, _ text: [UInt8]?, _ id: Int?, _ statistics: TokenStatistics?) -> TokenEntry {
            TokenEntry(choice: choice.index, position: start + place, text: text, id: id, statistics: statistics)
        }
        if !tokens.isEmpty {
            return tokens.enumerated().map { place, token in
                let id = token.id ?? (ids.count == tokens.count ? ids[place] : nil)
                let statistics = TokenStatistics(
                    token, topCount: context.topCount, vocabularySize: context.vocabularySize)
                return entry(place, token.text, id, statistics)
            }
        }
        if context.showsTokenIDs, !ids.isEmpty { return ids.enumerated().map { entry($0, nil, $1, nil) } }
        // The server ignored `logprobs`: what came is shown, without numbers.
        return choice.text.isEmpty ? [] : [entry(0, choice.text, nil, nil)]
    }
}
