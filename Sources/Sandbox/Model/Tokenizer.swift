/// Splits bytes into tokens and joins them again: any bytes come back exactly.
///
/// Tokens 0 to 255 are the single bytes. The pieces that follow are learned from a text: its words with the space before
/// them, common beginnings and endings of words, and runs of punctuation. The last token ends a text and has no bytes.
public struct Tokenizer: Sendable {
    /// The bytes of every token, by its ID.
    public let pieces: [[UInt8]]
    private let tree: PieceTree
    private static let longestPiece = 32

    /// Learns pieces from a text.
    public init(corpus: [UInt8]) {
        let single = (0...255).map { [UInt8($0)] }
        let learned = Self.learn(from: corpus).sorted { $0.lexicographicallyPrecedes($1) }
        pieces = single + learned + [[]]
        tree = PieceTree(single + learned)
    }

    /// The ID of the token that ends a text.
    public var endOfText: Int { pieces.count - 1 }

    /// The tokens of any bytes: of each word the longest piece first.
    public func encode(_ text: [UInt8]) -> [Int] {
        var tokens: [Int] = []
        tokens.reserveCapacity(text.count / 4 + 1)
        for word in Self.words(of: text) {
            var rest = word
            while let (id, length) = tree.longestPiece(in: rest) {
                tokens.append(id)
                rest = rest.dropFirst(length)
            }
        }
        return tokens
    }

    /// The bytes of tokens.
    public func decode(_ tokens: some Sequence<Int>) -> [UInt8] {
        tokens.flatMap { pieces[$0] }
    }

    /// Words that come twice or are plain ASCII, so that the model spells only the others, and beginnings and endings
    /// that six words share.
    private static func learn(from corpus: [UInt8]) -> Set<[UInt8]> {
        var counts: [[UInt8]: Int] = [:]
        for word in words(of: corpus) { counts[Array(word), default: 0] += 1 }
        var parts: [[UInt8]: Int] = [:]
        for word in counts.keys where word.allSatisfy({ $0 < 0x80 }) {
            for length in 2..<max(2, min(word.count, 8)) {
                if length > 2 { parts[Array(word.prefix(length)), default: 0] += 1 }
                parts[Array(word.suffix(length)), default: 0] += 1
            }
        }
        let whole = counts.filter { word, count in count >= 2 || word.allSatisfy { $0 < 0x80 } }.keys
        let common = Array(whole) + Array(parts.filter { $0.value >= 6 }.keys)
        return Set(common.filter { $0.count > 1 && $0.count <= longestPiece })
    }

    /// Runs of letters with the space before them, of digits, of spaces, of line breaks, and of anything else.
    static func words(of text: [UInt8]) -> [ArraySlice<UInt8>] {
        var words: [ArraySlice<UInt8>] = []
        var start = 0
        while start < text.count {
            var end = start + 1
            let startsWithSpace = text[start] == UInt8(ascii: " ") && end < text.count && Kind(text[end]) != .space
            if startsWithSpace { end += 1 }
            let kind = Kind(text[end - 1])
            while end < text.count, Kind(text[end]) == kind, !(startsWithSpace && kind == .lineBreak) { end += 1 }
            words.append(text[start..<end])
            start = end
        }
        return words
    }

    private enum Kind {
        case letter
        case digit
        case space
        case lineBreak
        case other

        init(_ byte: UInt8) {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...: self = .letter
            case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
            case UInt8(ascii: " "): self = .space
            case UInt8(ascii: "\n"): self = .lineBreak
            default: self = .other
            }
        }
    }
}
