import API
import Rendering

/// What a saved reply shows of how it was asked for.
struct ReplySurvey {
    private var choices: Set<Int> = []
    private var hasText = false
    private var hasTokenIDs = false
    /// The most alternatives of a token that is the last of them, and of any other.
    private var most = (followed: 0, last: 0)
    /// The fewest alternatives of a token that has any.
    private var fewest = Int.max

    /// Takes note of a chunk.
    mutating func note(_ chunk: CompletionChunk) {
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

    /// Fills in what the reply was asked with, as far as it shows.
    ///
    /// - Parameter implied: how many likely tokens `complete` asks for when nobody says; nil when it asks for none.
    func tell(_ context: inout RenderContext, implied: Int? = nil) {
        context.choiceCount = max(1, choices.count)
        context.choicesPerPrompt = choices.count > 1 ? nil : 1
        context.topCount = topCount(implied)
        context.showsTokenIDs = hasTokenIDs && !hasText
    }

    /// How many likely tokens were asked for. The server adds the sampled one where it is not among them: when it is the last
    /// of N+1, N were asked for; N or N+1 when nothing else is known, and N+1 if that is what is asked for anyway.
    private func topCount(_ implied: Int?) -> Int? {
        if let implied, implied == most.last, fewest == implied, most.followed <= implied { return implied }
        let count = max(most.followed, most.last - 1)
        return count > 0 ? count : nil
    }
}
