import Platform

/// What the name that a server gives a token may stand for.
public enum TokenSpelling {
    /// Whether a name gives an ID and no text: `token_id:123`.
    public static func isID(_ name: [UInt8]) -> Bool {
        name.starts(with: "token_id:".utf8) && name.count > 9 && name[9...].allSatisfy { 0x30...0x39 ~= $0 }
    }

    /// Whether a name says no more than that there was a part of a character: it is empty, or has U+FFFD.
    public static func isLossy(_ name: [UInt8]) -> Bool {
        // A byte of U+FFFD's three is so rare that most names are done with here.
        name.isEmpty || name.contains(0xEF) && hasReplacement(name) && isUTF8(name)
    }

    /// Whether a text holds bytes that are not UTF-8, or U+FFFD that stands for such.
    static func hasReplacement(_ bytes: [UInt8]) -> Bool {
        bytes.contains { $0 >= 0x80 } && String(decoding: bytes, as: UTF8.self).unicodeScalars.contains("\u{FFFD}")
    }

    /// Whether a name is a part of a character, by its own bytes or by those that it spells.
    public static func isPartial(_ name: [UInt8]) -> Bool {
        !isUTF8(name) || escapedBytes(name).map { !isUTF8($0) } ?? false
    }

    /// The bytes that a name may stand for besides its own, the likeliest first: `bytes:\xf0\x9f`, `b'\xf0'`, `<0xF0>`, `▁`
    /// for a space, and the byte-level alphabet of GPT-2 (`Ġ` for a space, `Ċ` for a newline).
    ///
    /// - Parameters:
    ///   - isFirst: whether nothing of the text is before it, where a space at its beginning may have been left out.
    public static func readings(of name: [UInt8], isFirst: Bool) -> [[UInt8]] {
        var readings: [[UInt8]] = []
        if let bytes = escapedBytes(name) { readings.append(bytes) }
        if name.contains(0xE2), let spaced = spaced(name) { readings.append(spaced) }
        if let bytes = byteLevel(name) { readings.append(bytes) }
        guard isFirst else { return readings }
        return readings + ([name] + readings).filter { $0.first == 0x20 && $0.count > 1 }.map { Array($0.dropFirst()) }
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool { UTF8Sequence.firstInvalidOffset(in: bytes) == nil }

    /// What is spelled with `\x` or as `<0xF0>`; nil when nothing is.
    private static func escapedBytes(_ name: [UInt8]) -> [UInt8]? {
        if name.count == 6, name.starts(with: "<0x".utf8), name[5] == UInt8(ascii: ">") {
            return byte(name[3], name[4]).map { [$0] }
        }
        if name.starts(with: "bytes:".utf8) { return unescape(name[6...]) }
        let quotes = [UInt8(ascii: "'"), UInt8(ascii: "\"")]
        guard name.count > 3, name[0] == UInt8(ascii: "b"), quotes.contains(name[1]), name.last == name[1] else {
            return nil
        }
        return unescape(name[2..<name.count - 1])
    }

    private static func unescape(_ spelling: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var place = spelling.startIndex
        var isEscaped = false
        while place < spelling.endIndex {
            if place + 3 < spelling.endIndex, spelling[place...].starts(with: "\\x".utf8),
                let byte = byte(spelling[place + 2], spelling[place + 3])
            {
                bytes.append(byte)
                place += 4
                isEscaped = true
            } else {
                bytes.append(spelling[place])
                place += 1
            }
        }
        return isEscaped ? bytes : nil
    }

    private static func byte(_ high: UInt8, _ low: UInt8) -> UInt8? {
        UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
    }

    /// With spaces for `▁` (U+2581); nil when there is none.
    private static func spaced(_ name: [UInt8]) -> [UInt8]? {
        let scalars = String(decoding: name, as: UTF8.self).unicodeScalars
        guard scalars.contains("\u{2581}"), isUTF8(name) else { return nil }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars.lazy.map { $0 == "\u{2581}" ? " " : $0 })
        return Array(String(result).utf8)
    }

    /// The bytes that the alphabet has these characters for; nil when one is not in it, or all are ASCII and so themselves.
    private static func byteLevel(_ name: [UInt8]) -> [UInt8]? {
        guard name.contains(where: { $0 >= 0x80 }), isUTF8(name) else { return nil }
        var bytes: [UInt8] = []
        for scalar in String(decoding: name, as: UTF8.self).unicodeScalars {
            guard let byte = byteLevel(scalar.value) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    /// Printable characters of Latin-1 are themselves; the other bytes, in order, are the characters from U+0100 on.
    private static func byteLevel(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: UInt8(scalar)
        case 0x100...0x120: UInt8(scalar - 0x100)
        case 0x121...0x142: UInt8(scalar - 0x121 + 0x7F)
        case 0x143: 0xAD
        default: nil
        }
    }
}
