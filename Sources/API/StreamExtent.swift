/// How much of a stream has come.
public struct StreamExtent: Equatable, Sendable {
    /// Chunks that held a choice.
    public internal(set) var chunks = 0
    /// Tokens, if every chunk had them; nil when one brought text without.
    public internal(set) var tokens: Int? = 0
    /// Unicode scalars of text.
    public internal(set) var characters = 0

    /// So much; nothing, unless set otherwise.
    public init(chunks: Int = 0, tokens: Int? = 0, characters: Int = 0) {
        self.chunks = chunks
        self.tokens = tokens
        self.characters = characters
    }

    /// Adds what a chunk brings of a choice.
    ///
    /// - Parameter count: how many tokens; nil when that is not known.
    mutating func add(_ text: [UInt8], tokens count: Int?) {
        characters += text.count { $0 & 0xC0 != 0x80 }
        if let count {
            tokens? += count
        } else if !text.isEmpty {
            tokens = nil
        }
    }
}

extension StreamExtent: CustomStringConvertible {
    /// `12 tokens`; if unknown, `3 chunks, 41 characters of text`.
    public var description: String {
        let count = { (number: Int, noun: String) in "\(number) \(noun)\(number == 1 ? "" : "s")" }
        if chunks == 0 { return "0 tokens" }
        return tokens.map { count($0, "token") }
            ?? "\(count(chunks, "chunk")), \(count(characters, "character")) of text"
    }
}
