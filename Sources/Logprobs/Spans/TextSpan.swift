public import API

/// A piece of a choice's text with the tokens that made it, or tokens that made none of it.
public struct TextSpan: Sendable {
    /// The relation of a span to its choice's text.
    public enum Placement: Sendable {
        /// In the text: the bytes of all these spans, joined, are the text.
        case text
        /// Nowhere in it: the bytes are the tokens' own, as those of a special token or of what ended the text.
        case outside
        /// Not known; the tokens have no bytes here.
        case unplaced
    }

    /// Its bytes; of tokens outside the text their own.
    public var text: [UInt8]
    /// Several when they share a character; none when the server sent no log probabilities.
    public var tokens: [TokenLogprob]
    /// Where the bytes stand.
    public var placement = Placement.text
    /// Whether it is the prompt, echoed.
    public var isPrompt = false

    /// A span of these bytes and tokens.
    public init(text: [UInt8], tokens: [TokenLogprob], placement: Placement = .text, isPrompt: Bool = false) {
        self.text = text
        self.tokens = tokens
        self.placement = placement
        self.isPrompt = isPrompt
    }

    /// How likely all of its tokens were together, natural logarithm; nil when that is not known of each.
    public var logprob: Double? {
        let known = tokens.compactMap(\.logprob)
        return known.isEmpty || known.count < tokens.count ? nil : known.reduce(0, +)
    }
}
