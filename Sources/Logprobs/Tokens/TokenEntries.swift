public import API
import Platform

/// Counts and weighs the tokens of each part of each choice as they come.
public struct TokenEntries {
    /// What is kept of a part.
    private struct Tally {
        var count = 0
        var figures = ChoiceStatistics()
    }

    private struct Key: Hashable {
        let choice: Int
        let part: TokenPart
    }

    private let topCount: Int?
    private let vocabularySize: Int?
    private let showsTokenIDs: Bool
    private var tallies = RecentMap<Key, Tally>()

    /// Before the first chunk.
    ///
    /// - Parameters:
    ///   - topCount: how many likely tokens were requested at each place; nil when that is not known.
    ///   - vocabularySize: how many tokens the model knows; nil when that is not known.
    ///   - showsTokenIDs: whether token IDs were requested, which then stand for the text.
    public init(topCount: Int?, vocabularySize: Int?, showsTokenIDs: Bool) {
        self.topCount = topCount
        self.vocabularySize = vocabularySize
        self.showsTokenIDs = showsTokenIDs
    }

    /// How many entries of a choice's part have come.
    public func count(of index: Int, _ part: TokenPart = .text) -> Int {
        tallies[Key(choice: index, part: part)]?.count ?? 0
    }

    /// What the entries of a choice's part that have come say together.
    public func figures(of index: Int, _ part: TokenPart = .text) -> ChoiceStatistics {
        tallies[Key(choice: index, part: part)]?.figures ?? ChoiceStatistics()
    }

    /// The entries that a chunk adds to a choice: the tokens of its reasoning, then those of its text; without log
    /// probabilities the token IDs that were requested, or the text as one.
    public mutating func next(_ delta: ChoiceDelta) -> [TokenEntry] {
        let reasoning = delta.reasoningTokens
        let (tokens, ids) = (delta.tokens, delta.tokenIDs ?? [])
        var entries = reasoning.isEmpty ? [] : weigh(reasoning, [], of: delta.index, .reasoning)
        if !tokens.isEmpty {
            entries += weigh(tokens, ids, of: delta.index, .text)
        } else if showsTokenIDs, !ids.isEmpty {
            entries += ids.map { add(to: delta.index, .text, nil, $0, nil) }
        } else if !delta.text.isEmpty {
            // The server ignored `logprobs`: what came is shown, without numbers.
            entries.append(add(to: delta.index, .text, delta.text, ids.count == 1 ? ids[0] : nil, nil))
        }
        if delta.finishReason != nil {
            let key = Key(choice: delta.index, part: .text)
            var tally = tallies.removeValue(forKey: key) ?? Tally()
            tally.figures.end(delta.finishReason)
            tallies[key] = tally
        }
        return entries
    }

    private mutating func weigh(
        _ tokens: [TokenLogprob], _ ids: [Int], of index: Int, _ part: TokenPart
    ) -> [TokenEntry] {
        tokens.enumerated().map { place, token in
            let statistics = TokenStatistics(token, topCount: topCount, vocabularySize: vocabularySize)
            let id = token.id ?? (ids.count == tokens.count ? ids[place] : nil)
            return add(to: index, part, token.text, id, statistics)
        }
    }

    private mutating func add(
        to index: Int, _ part: TokenPart, _ text: [UInt8]?, _ id: Int?, _ statistics: TokenStatistics?
    ) -> TokenEntry {
        let key = Key(choice: index, part: part)
        // Taken out, since what is in two places is copied when it changes.
        var tally = tallies.removeValue(forKey: key) ?? Tally()
        if let statistics { tally.figures.add(statistics) }
        let entry = TokenEntry(
            choice: index, part: part, position: tally.count, text: text, id: id, statistics: statistics,
            totalLogprob: tally.figures.totalLogprob, meanLogprob: tally.figures.meanLogprob)
        tally.count += 1
        tallies[key] = tally
        return entry
    }
}
