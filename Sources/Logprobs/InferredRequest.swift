public import API

/// What a saved reply shows of how it was asked for.
public struct InferredRequest: Sendable {
    private var choices: Set<Int> = []
    private var hasText = false
    private var hasTokenIDs = false
    /// The most alternatives of a token that is the last of them, and of any other.
    private var most = (followed: 0, last: 0)
    /// The fewest alternatives of a token that has any.
    private var fewest = Int.max

    /// Before the first chunk.
    public init() {}

    /// Takes note of a chunk.
    public mutating func note(_ chunk: CompletionChunk) {
        for choice in chunk.choices {
            choices.insert(choice.index)
            hasText = hasText || !choice.text.isEmpty
            hasTokenIDs = hasTokenIDs || choice.tokenIDs?.isEmpty == false
            for token in choice.tokens { note(token) }
        }
    }

    private mutating func note(_ token: TokenLogprob) {
        guard let alternatives = token.alternatives, alternatives.contains(where: { $0.logprob != nil }) else { return }
        let count = alternatives.count
        fewest = min(fewest, count)
        if TokenStatistics(token, topCount: nil).sampledPlace == count - 1 {
            most.last = max(most.last, count)
        } else {
            most.followed = max(most.followed, count)
        }
    }

    /// How many choices were asked for: as many as came, at least one.
    public var choiceCount: Int { max(1, choices.count) }

    /// How many choices were asked for of each prompt; nil when that can't be known.
    public var choicesPerPrompt: Int? { choices.count > 1 ? nil : 1 }

    /// Whether token IDs were asked for, which then stand for the text.
    public var showsTokenIDs: Bool { hasTokenIDs && !hasText }

    /// How many likely tokens were asked for. The server adds the sampled one where it is not among them: when it is the last
    /// of N+1, N were asked for; N or N+1 when nothing else is known, and N+1 if that is what is asked for anyway.
    ///
    /// - Parameter implied: how many `complete` asks for when nobody says; nil when it asks for none.
    public func topCount(implied: Int? = nil) -> Int? {
        if let implied, implied == most.last, fewest == implied, most.followed <= implied { return implied }
        let count = max(most.followed, most.last - 1)
        return count > 0 ? count : nil
    }
}
