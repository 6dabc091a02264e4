import API

/// A piece of a choice's text, and the tokens that made it.
struct TextSpan {
    /// Its bytes; empty for tokens that left nothing in the text.
    var text: [UInt8]
    /// Several when each is a part of one character; none when the server told no log probabilities.
    var tokens: [TokenLogprob]
    /// Whether it is the prompt, echoed.
    var isPrompt = false

    /// How likely all of its tokens were together, natural logarithm; nil when that is not known of each.
    var logprob: Double? {
        let known = tokens.compactMap(\.logprob)
        return known.isEmpty || known.count < tokens.count ? nil : known.reduce(0, +)
    }
}
