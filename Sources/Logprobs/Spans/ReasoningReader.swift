public import API
import Platform

/// Makes spans of the tokens of a choice's reasoning, which has no text but theirs. Parts of one character are one span.
public struct ReasoningReader {
    /// The parts of a character that wait for its end.
    private var parts: [TokenLogprob] = []

    /// Before the first token.
    public init() {}

    /// The spans that these tokens complete.
    public mutating func read(_ tokens: [TokenLogprob]) -> [TextSpan] {
        var spans: [TextSpan] = []
        for token in tokens {
            let bytes = Self.bytes(of: token)
            if UTF8Sequence.firstInvalidOffset(in: bytes) == nil {
                spans += finish() + [TextSpan(text: bytes, tokens: [token])]
                continue
            }
            parts.append(token)
            let whole = parts.flatMap(Self.bytes)
            if UTF8Sequence.firstInvalidOffset(in: whole) == nil || whole.count > 4 { spans += finish() }
        }
        return spans
    }

    /// The parts that still wait, as they are.
    public mutating func finish() -> [TextSpan] {
        defer { parts = [] }
        return parts.isEmpty ? [] : [TextSpan(text: parts.flatMap(Self.bytes), tokens: parts)]
    }

    /// The token's own; its ID where only that is known.
    private static func bytes(of token: TokenLogprob) -> [UInt8] {
        token.text ?? token.id.map { Array("#\($0) ".utf8) } ?? []
    }
}
