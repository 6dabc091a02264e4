import Platform

/// A cell of tab-separated text.
public enum TSVText {
    /// What programs that read tables take for no value when it is all that a cell holds. All begin with an ASCII character.
    private static let missingWords: Set<String> = [
        "NA", "N/A", "n/a", "NaN", "nan", "-NaN", "-nan", "NULL", "null", "None", "<NA>", "#NA", "#N/A", "#N/A N/A",
        "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN",
    ]

    /// Backslash, tab, newline and carriage return as `\\`, `\t`, `\n`, `\r`; quotation marks, at which programs that read
    /// tables join lines, the bytes of other controls, of line and paragraph separators, and those that are not UTF-8, as
    /// `\x1b`. So is an apostrophe that begins a cell, which some take for a quotation mark, and the first byte of a cell that
    /// would be taken for no value, such as `NA`. The rest stays: the bytes can be
    /// had back.
    public static func escape(_ bytes: [UInt8]) -> String {
        let text = escapeEach(bytes)
        if bytes.first == UInt8(ascii: "'") { return "\\x27" + String(text.unicodeScalars.dropFirst()) }
        guard bytes.count <= 9, let first = bytes.first, missingWords.contains(text) else { return text }
        return "\\x" + String(first, radix: 16) + text.dropFirst()
    }

    private static func escapeEach(_ bytes: [UInt8]) -> String {
        var result = ""
        bytes.withUnsafeBufferPointer { buffer in
            var position = 0
            while position < buffer.count {
                let length = UTF8Sequence.length(at: position, in: buffer)
                let end = position + max(1, length)
                result += escape(buffer[position..<end], isValid: length > 0)
                position = end
            }
        }
        return result
    }

    private static func escape(_ character: Slice<UnsafeBufferPointer<UInt8>>, isValid: Bool) -> String {
        let text = String(decoding: character, as: UTF8.self)
        guard isValid, let scalar = text.unicodeScalars.first else { return VisibleText.escape(character) }
        switch scalar.value {
        case 0x5C: return "\\\\"
        case 0x22: return "\\x22"
        case 0..<0x20, 0x7F: return VisibleText.escape(character)
        // A byte of a longer character is not UTF-8 by itself, and so is spelled in hexadecimal.
        case 0x80..<0xA0, 0x2028, 0x2029: return character.map { VisibleText.escape([$0]) }.joined()
        default: return text
        }
    }
}
