/// Counts the characters (code points) of text that comes as the bytes of tokens.
struct CharacterCount: Sendable {
    /// The characters that are whole; a byte that cannot become part of one counts as the U+FFFD that is shown for it.
    private(set) var whole: Int
    private var unfinished: [UInt8] = []

    /// A count that begins at a number.
    init(from start: Int = 0) {
        whole = start
    }

    /// Takes a token's bytes.
    mutating func add(_ bytes: [UInt8]) {
        unfinished += bytes
        let end = TextAssembler.wholeCharacters(in: unfinished)
        whole += String(decoding: unfinished.prefix(end), as: UTF8.self).unicodeScalars.count
        unfinished.removeFirst(end)
    }

    /// The characters of a text.
    static func of(_ bytes: [UInt8]) -> Int {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.count
    }
}
