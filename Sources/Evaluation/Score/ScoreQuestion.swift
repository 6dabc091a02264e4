/// What is to be scored.
public enum ScoreQuestion: Equatable, Sendable {
    /// Each of these as what follows a prompt; text if the prompt is, else token IDs.
    case continuations([ScoreInput], of: ScoreInput)
    /// A text by itself, or token IDs.
    case text(ScoreInput)
}

/// How log probabilities are had.
public enum ScoreMethod: String, CaseIterable, Sendable {
    /// From the echoed prompt.
    case echo
    /// From the likeliest next tokens, for single tokens.
    case nextToken = "next-token"
}
