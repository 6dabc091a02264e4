/// Text as shells read it.
enum ShellText {
    /// One word, in single quotes unless it needs none; for bash and zsh.
    static func quote(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { isPlain($0) }
        return plain && !text.isEmpty ? text : "'" + replacing("'", in: text, with: "'\\''") + "'"
    }

    /// One word in single quotes; for fish, where a backslash between them counts.
    static func quoteForFish(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { isPlain($0) }
        guard !plain || text.isEmpty else { return text }
        return "'" + replacing("'", in: replacing("\\", in: text, with: "\\\\"), with: "\\'") + "'"
    }

    /// One word in double quotes unless it needs none; for a text that fish evaluates.
    static func doubleQuoteForFish(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { isPlain($0) }
        guard !plain || text.isEmpty else { return text }
        let escaped = [Character("\\"), "\"", "$"].reduce(text) { replacing($1, in: $0, with: "\\\($1)") }
        return "\"\(escaped)\""
    }

    /// The text with every occurrence of a character exchanged.
    static func replacing(_ target: Character, in text: String, with replacement: String) -> String {
        text.split(separator: target, omittingEmptySubsequences: false).joined(separator: replacement)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_./".utf8.contains(byte)
        }
    }
}
