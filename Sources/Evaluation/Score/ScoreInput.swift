/// What is scored, or what comes before it: text, or token IDs.
public enum ScoreInput: Equatable, Sendable {
    /// UTF-8.
    case text([UInt8])
    /// Token IDs of the model.
    case tokens([Int])

    /// Whether there is nothing in it.
    public var isEmpty: Bool {
        switch self {
        case .text(let text): text.isEmpty
        case .tokens(let ids): ids.isEmpty
        }
    }

    /// Both as one; nil when one is text and the other token IDs.
    public func joined(with other: ScoreInput) -> ScoreInput? {
        switch (self, other) {
        case (.text(let a), .text(let b)): .text(a + b)
        case (.tokens(let a), .tokens(let b)): .tokens(a + b)
        case (.text, .tokens), (.tokens, .text): nil
        }
    }

    /// The text; nil for token IDs.
    public var textBytes: [UInt8]? { if case .text(let text) = self { text } else { nil } }

    /// The text, or the token IDs as `[1,2]`: what a person knows it by.
    public var name: [UInt8] {
        switch self {
        case .text(let text): text
        case .tokens(let ids): Array("[\(ids.map(String.init).joined(separator: ","))]".utf8)
        }
    }
}
