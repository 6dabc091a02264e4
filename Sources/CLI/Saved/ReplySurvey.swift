import API
import Rendering

/// What a saved reply shows of how it was asked for.
struct ReplySurvey {
    private var choices: Set<Int> = []
    private var hasText = false
    private var hasTokenIDs = false
    /// The most alternatives of a token that stands before another, and of one that is the last of them.
    private var most = (followed: 0, last: 0)

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
        guard let alternatives = token.alternatives, let own = token.logprob else { return }
        let isLast = alternatives.allSatisfy { ($0.logprob ?? -.infinity) >= own }
        if isLast {
            most.last = max(most.last, alternatives.count)
        } else {
            most.followed = max(most.followed, alternatives.count)
        }
    }

    /// Fills in what the reply was asked with, as far as it shows.
    func tell(_ context: inout RenderContext) {
        context.choiceCount = max(1, choices.count)
        context.choicesPerPrompt = choices.count > 1 ? nil : 1
        context.topCount = topCount
        context.showsTokenIDs = hasTokenIDs && !hasText
    }

    /// How many likely tokens were asked for. The sampled one is always among those listed: when it is the last of N+1, N
    /// were asked for; N or N+1 when nothing else is known.
    private var topCount: Int? {
        let count = max(most.followed, most.last - 1, most.last == 1 ? 1 : 0)
        return count > 0 ? count : nil
    }
}
