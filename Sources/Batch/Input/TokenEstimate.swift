/// An estimate of how many tokens prompts have, from what ``PromptSize`` counted, corrected by what responses say of `usage`.
public struct TokenEstimate: Sendable {
    /// Tokens of ASCII text, as far as they were estimated and were there, and the same of other text: sums of squares and
    /// products that the factors come from.
    private var plainSquare: Double
    private var wideSquare: Double
    private var product = 0.0
    private var plainSum: Double
    private var wideSum: Double

    /// The weight of the first estimate beside responses, as a number of tokens in prompts.
    private static let priorTokens = 20.0

    /// An estimate that nothing has corrected yet.
    public init() {
        (plainSquare, wideSquare) = (Self.priorTokens, Self.priorTokens)
        (plainSum, wideSum) = (Self.priorTokens, Self.priorTokens)
    }

    /// How many tokens prompts have; those given as IDs are counted as they are.
    public func tokens(of size: PromptSize) -> Int {
        let text = factors.plain * size.plainTokens + factors.wide * size.wideTokens
        let rounded = Int(max(0, min(text, 1e15)).rounded(.up))
        return size.tokenCount + max(rounded, size.byteCount > 0 ? 1 : 0)
    }

    /// Takes what a response said of its prompts.
    ///
    /// - Parameter promptTokens: of `usage`; nothing below 1 is taken.
    public mutating func correct(_ size: PromptSize, promptTokens: Int) {
        let (plain, wide) = (size.plainTokens, size.wideTokens)
        let text = Double(promptTokens - size.tokenCount)
        guard plain + wide > 0, text > 0 else { return }
        // Long prompts err by more tokens than short ones; with the weight each token counts as much as any other.
        let weight = 1 / (plain + wide)
        plainSquare += weight * plain * plain
        wideSquare += weight * wide * wide
        product += weight * plain * wide
        plainSum += weight * plain * text
        wideSum += weight * wide * text
    }

    /// What the first estimates are multiplied by: those with the least squares of errors, neither of them negative.
    private var factors: (plain: Double, wide: Double) {
        let determinant = plainSquare * wideSquare - product * product
        let plain = (plainSum * wideSquare - wideSum * product) / determinant
        let wide = (wideSum * plainSquare - plainSum * product) / determinant
        if plain < 0.05 { return (0.05, max(0.05, (wideSum - 0.05 * product) / wideSquare)) }
        if wide < 0.05 { return (max(0.05, (plainSum - 0.05 * product) / plainSquare), 0.05) }
        return (plain, wide)
    }
}

extension PromptSize {
    /// Tokens that ASCII text has by the first estimate. The weights fit the sandbox's tokenizer to a sixth on English prose
    /// and on code. Tokenizers with a larger vocabulary make fewer tokens, so that the estimate is too high for them rather
    /// than too low until a response has corrected it.
    fileprivate var plainTokens: Double {
        3 * Double(firstWordCount) + 0.5 * Double(spacedWordCount) + 5.5 * Double(otherWordCount)
            + 1.85 * Double(lateLetterCount) + 0.75 * Double(signCount)
    }

    /// Tokens that other text has by the first estimate: one for each byte, as tokenizers have it that know none of its words.
    fileprivate var wideTokens: Double { Double(wideByteCount) }
}
