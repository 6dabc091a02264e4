import JSON

/// What must not be shown, wherever it comes from: a server may repeat the key.
struct Secret {
    /// A shorter key is a word that keeps a server of one's own content. It is hidden only where it stands alone, since it
    /// would also be found inside the program's words.
    private static let shortestKey = 8

    /// The key, and before it how a JSON string spells it where that is another way.
    private let spellings: [[UInt8]]

    /// - Parameter key: nil when there is nothing to hide.
    init(_ key: String?) {
        guard let key, !key.isEmpty else {
            spellings = []
            return
        }
        let own = Array(key.utf8)
        let isPlain = !own.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        spellings = isPlain ? [own] : [Array(JSONValue.text(key).jsonBytes.dropFirst().dropLast()), own]
    }

    /// The text with `***` in the key's place.
    func hidden(in text: [UInt8]) -> [UInt8] {
        spellings.reduce(text) { Self.hide($1, in: $0) }
    }

    private static func hide(_ key: [UInt8], in text: [UInt8]) -> [UInt8] {
        guard let first = key.first, text.count >= key.count else { return text }
        var result: [UInt8] = []
        var place = 0
        while place < text.count {
            if text[place] == first, text[place...].starts(with: key), isWhole(key, at: place, in: text) {
                result += Array("***".utf8)
                place += key.count
            } else {
                result.append(text[place])
                place += 1
            }
        }
        return result
    }

    /// Whether what reads like the key at a place is it.
    private static func isWhole(_ key: [UInt8], at place: Int, in text: [UInt8]) -> Bool {
        guard key.count < shortestKey else { return true }
        let end = place + key.count
        let isInside = place > 0 && isWordByte(text[place - 1]) || end < text.count && isWordByte(text[end])
        return !isInside
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...0xFF:
            true
        default: false
        }
    }
}
