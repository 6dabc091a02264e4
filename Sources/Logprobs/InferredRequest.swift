/// How a saved response was requested, as far as it shows.
public struct InferredRequest: Sendable {
    /// What a record must keep for it.
    public static let details: CompletionRecord.Details = [.tokenIDs, .alternatives]

    /// How many choices were requested: as many as came, at least one.
    public let choiceCount: Int
    /// How many choices were requested for each prompt; nil when that can't be known.
    public let choicesPerPrompt: Int?
    /// Whether token IDs were requested, which then stand for the text.
    public let showsTokenIDs: Bool
    private let alternatives: AlternativeCounts

    /// Reads it off a record that keeps ``details``.
    public init(_ record: CompletionRecord) {
        let choices = record.choices
        choiceCount = max(1, choices.count)
        choicesPerPrompt = choices.count > 1 ? nil : 1
        showsTokenIDs = choices.values.contains { $0.tokenIDCount > 0 } && !choices.values.contains(where: \.hasText)
        alternatives = record.alternatives
    }

    /// Whether another one is the same for who requests so many likely tokens when nobody says.
    public func isSame(as other: InferredRequest, implied: Int?) -> Bool {
        choiceCount == other.choiceCount && choicesPerPrompt == other.choicesPerPrompt
            && showsTokenIDs == other.showsTokenIDs && topCount(implied: implied) == other.topCount(implied: implied)
    }

    /// How many likely tokens were requested. The server adds the sampled one where it is not among them: when it is the last
    /// of N+1, N were requested; N or N+1 when nothing else is known, and N+1 if that is what is requested anyway.
    ///
    /// - Parameter implied: how many `complete` requests by default; nil when it requests none.
    public func topCount(implied: Int? = nil) -> Int? {
        let (followed, last) = (alternatives.mostFollowed, alternatives.mostLast)
        if let implied, implied == last, alternatives.fewest == implied, followed <= implied { return implied }
        let count = max(followed, last - 1)
        return count > 0 ? count : nil
    }
}
