/// Bytes made safe to show in a message: what a terminal would act on, or would hide, is spelled out.
public enum VisibleText {
    /// Control characters, C1 controls, bidirectional controls and bytes that are not UTF-8 become `\n`, `\x1b`,
    /// `\u{202e}`; everything else stays.
    ///
    /// - Parameters:
    ///   - bytes: any bytes.
    ///   - keepsLines: whether newline and tab stay as they are.
    public static func escape(_ bytes: some Collection<UInt8>, keepsLines: Bool = false) -> String {
        var result: [UInt8] = []
        append(Array(bytes)[...], keepsLines: keepsLines, to: &result)
        return String(decoding: result, as: UTF8.self)
    }

    /// Appends what ``escape(_:keepsLines:)`` gives.
    public static func append(_ bytes: ArraySlice<UInt8>, keepsLines: Bool = false, to output: inout [UInt8]) {
        bytes.withUnsafeBufferPointer { buffer in
            var position = 0
            while position < buffer.count {
                // Nearly all text is of these.
                if 0x20...0x7E ~= buffer[position] {
                    output.append(buffer[position])
                    position += 1
                } else {
                    position += appendCharacter(at: position, in: buffer, keepsLines: keepsLines, to: &output)
                }
            }
        }
    }

    /// Appends a character, or a byte that is part of none, and gives its length.
    private static func appendCharacter(
        at position: Int, in buffer: UnsafeBufferPointer<UInt8>, keepsLines: Bool, to output: inout [UInt8]
    ) -> Int {
        guard let (scalar, length) = UTF8Sequence.scalar(at: position, in: buffer) else {
            output += hexEscape(buffer[position]).utf8
            return 1
        }
        if isEscaped(scalar, keepsLines: keepsLines) {
            output += escape(scalar, keepsLines: keepsLines).utf8
        } else {
            for place in position..<position + length { output.append(buffer[place]) }
        }
        return length
    }

    /// Appends bytes with everything spelled out that a terminal would act on or that can't be seen, joiners included.
    ///
    /// - Parameters:
    ///   - bytes: any bytes.
    ///   - limit: no more characters than these are appended, an escape whole or not at all.
    ///   - result: what they are appended to.
    /// - Returns: whether all of the bytes were.
    static func spell(_ bytes: [UInt8], upTo limit: Int, into result: inout String) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            var (position, count) = (0, 0)
            while position < buffer.count {
                let length = UTF8Sequence.length(at: position, in: buffer)
                let end = position + max(length, 1)
                var piece = length == 0 ? hexEscape(buffer[position]) : ""
                for scalar in length == 0
                    ? "".unicodeScalars
                    : String(decoding: buffer[position..<end], as: UTF8.self).unicodeScalars
                {
                    piece = InvisibleRanges.contain(scalar.value) ? spell(scalar) : escape(scalar, keepsLines: false)
                }
                count += piece.unicodeScalars.count
                if count > limit { return false }
                result += piece
                position = end
            }
            return true
        }
    }

    /// A text from outside with everything spelled out that a terminal would act on or that can't be seen.
    public static func spell(_ text: String) -> String {
        var result = ""
        _ = spell(Array(text.utf8), upTo: .max, into: &result)
        return result
    }

    /// The characters of a text, escaped like bytes.
    public static func escape(_ text: String, keepsLines: Bool = false) -> String {
        escape(Array(text.utf8), keepsLines: keepsLines)
    }

    /// One character as it is, or spelled out when a terminal would act on it.
    static func escape(_ scalar: Unicode.Scalar, keepsLines: Bool) -> String {
        guard isEscaped(scalar, keepsLines: keepsLines) else { return String(scalar) }
        return switch scalar.value {
        case 0x0A: "\\n"
        case 0x09: "\\t"
        case 0x0D: "\\r"
        case ..<0x80: hexEscape(UInt8(scalar.value))
        default: spell(scalar)
        }
    }

    private static func isEscaped(_ scalar: Unicode.Scalar, keepsLines: Bool) -> Bool {
        switch scalar.value {
        case 0x0A, 0x09: !keepsLines
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x061C, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func spell(_ scalar: Unicode.Scalar) -> String {
        "\\u{\(String(scalar.value, radix: 16))}"
    }

    private static func hexEscape(_ byte: UInt8) -> String {
        "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
