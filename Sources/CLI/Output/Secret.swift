import JSON

/// What must not be shown, wherever it comes from: a server may repeat the key.
struct Secret {
    /// A shorter key is a word that keeps a server of one's own content. It is hidden only where it stands alone, since it
    /// would also be found inside the program's words.
    private static let shortestKey = 8

    private let key: [UInt8]

    /// - Parameter key: UTF-8; empty when there is nothing to hide.
    init(_ key: [UInt8]) {
        self.key = key
    }

    /// The key as a JSON string spells it, where a quotation mark or a backslash looks different.
    var inJSON: Secret {
        Secret(Array(JSONValue.text(String(decoding: key, as: UTF8.self)).jsonBytes.dropFirst().dropLast()))
    }

    /// The text with `***` in the key's place.
    func hidden(in text: [UInt8]) -> [UInt8] {
        guard let first = key.first, text.count >= key.count else { return text }
        var result: [UInt8] = []
        var place = 0
        while place < text.count {
            if text[place] == first, text[place...].starts(with: key), isKey(at: place, in: text) {
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
    private func isKey(at place: Int, in text: [UInt8]) -> Bool {
        guard key.count < Self.shortestKey else { return true }
        let end = place + key.count
        let isInside = place > 0 && Self.isWordByte(text[place - 1]) || end < text.count && Self.isWordByte(text[end])
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
