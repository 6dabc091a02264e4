/// Well-formed UTF-8, by table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing over U+10FFFF.
public enum UTF8Sequence {
    /// How many bytes the character at `position` has.
    ///
    /// - Parameters:
    ///   - position: an index of `bytes`.
    ///   - bytes: any bytes.
    /// - Returns: 1 to 4, or 0 when no well-formed character starts there (also when it is cut off by the end).
    public static func length(at position: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let lead = bytes[position]
        if lead < 0x80 { return 1 }
        guard let (length, second) = shape(of: lead), position + length <= bytes.count else { return 0 }
        guard second.contains(bytes[position + 1]) else { return 0 }
        for i in 2..<max(length, 2) where bytes[position + i] & 0xC0 != 0x80 { return 0 }
        return length
    }

    /// The character at `position` and how many bytes it has; nil when no well-formed one starts there.
    public static func scalar(
        at position: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) -> (scalar: Unicode.Scalar, length: Int)? {
        let length = length(at: position, in: bytes)
        guard length > 0 else { return nil }
        // The lead of a longer character has as many ones as it has bytes, and a zero.
        var value = UInt32(bytes[position]) & (length == 1 ? 0x7F : 0x7F >> UInt32(length))
        for place in position + 1..<position + length { value = value << 6 | UInt32(bytes[place] & 0x3F) }
        return Unicode.Scalar(value).map { ($0, length) }
    }

    /// The offset of the first byte that is not well-formed UTF-8; nil when all are.
    public static func firstInvalidOffset(in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            var position = 0
            while position < buffer.count {
                let length = length(at: position, in: buffer)
                if length == 0 { return position }
                position += length
            }
            return nil
        }
    }

    /// How many bytes at the end begin a character that more bytes could complete: 0 to 3.
    public static func openLength(atEndOf bytes: [UInt8]) -> Int {
        let tail = bytes.suffix(3)
        guard let start = tail.lastIndex(where: { $0 & 0xC0 != 0x80 }), let (length, second) = shape(of: tail[start]),
            start + length > tail.endIndex, start + 1 == tail.endIndex || second.contains(tail[start + 1])
        else { return 0 }
        return tail.endIndex - start
    }

    private static func shape(of lead: UInt8) -> (length: Int, second: ClosedRange<UInt8>)? {
        switch lead {
        case 0xC2...0xDF: (2, 0x80...0xBF)
        case 0xE0: (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (3, 0x80...0xBF)
        case 0xED: (3, 0x80...0x9F)
        case 0xF0: (4, 0x90...0xBF)
        case 0xF1...0xF3: (4, 0x80...0xBF)
        case 0xF4: (4, 0x80...0x8F)
        default: nil
        }
    }
}
