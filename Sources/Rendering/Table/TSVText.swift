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
    public static func escape(_ bytes: [UInt8]) -> String { String(bytes: { append(bytes[...], to: &$0) }) }

    /// Appends what ``escape(_:)`` gives.
    static func append(_ bytes: ArraySlice<UInt8>, to output: inout [UInt8]) {
        var rest = bytes
        if let first = bytes.first, first == UInt8(ascii: "'") || isMissingWord(bytes) {
            output += "\\x".utf8
            output.append(hexadecimal: UInt32(first), width: 2)
            rest = rest.dropFirst()
        }
        rest.withUnsafeBufferPointer { buffer in
            var position = 0
            while position < buffer.count {
                let start = position
                while position < buffer.count, isPlain(buffer[position]) { position += 1 }
                output += UnsafeBufferPointer(rebasing: buffer[start..<position])
                if position < buffer.count { position += appendCharacter(at: position, in: buffer, to: &output) }
            }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        0x20...0x7E ~= byte && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "\"")
    }

    private static func isMissingWord(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard 2...9 ~= bytes.count, let first = bytes.first, "Nn#<-1".utf8.contains(first) else { return false }
        return missingWords.contains(String(decoding: bytes, as: UTF8.self))
    }

    /// Appends a character, or a byte that is part of none, and gives its length.
    private static func appendCharacter(
        at position: Int, in buffer: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]
    ) -> Int {
        guard let (scalar, length) = UTF8Sequence.scalar(at: position, in: buffer) else {
            appendHexadecimal(buffer[position], to: &output)
            return 1
        }
        let range = position..<position + length
        switch scalar.value {
        case 0x5C: output += "\\\\".utf8
        case 0x22: output += "\\x22".utf8
        // A byte of a longer character is not UTF-8 by itself, and so is spelled in hexadecimal.
        case 0x80..<0xA0, 0x2028, 0x2029: for byte in buffer[range] { appendHexadecimal(byte, to: &output) }
        case ..<0x80: VisibleText.append([buffer[position]], to: &output)
        default: output += buffer[range]
        }
        return length
    }

    private static func appendHexadecimal(_ byte: UInt8, to output: inout [UInt8]) {
        output += "\\x".utf8
        output.append(hexadecimal: UInt32(byte), width: 2)
    }
}
