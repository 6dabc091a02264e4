public import API
import Platform

/// A token's bytes made visible: in double quotes, on one line, with nothing a terminal would hide or act on.
public enum TokenText {
    /// `" and"`, `"\n"`, `"\xf0\x9f"`; spaces other than U+0020, marks without a base and whatever leaves no ink are spelled
    /// out.
    public static func quote(_ bytes: [UInt8]) -> String {
        var result = "\""
        append(bytes, quoting: "\"\\", to: &result)
        return result + "\""
    }

    /// The same without quotes, in which a quotation mark stands as it is.
    static func spell(_ bytes: [UInt8]) -> String {
        var result = ""
        append(bytes, quoting: "\\", to: &result)
        return result
    }

    /// - Parameter special: the characters that get a backslash.
    private static func append(_ bytes: [UInt8], quoting special: String, to result: inout String) {
        bytes.withUnsafeBufferPointer { buffer in
            var position = 0
            while position < buffer.count {
                let length = UTF8Sequence.length(at: position, in: buffer)
                let end = position + max(1, length)
                if length == 0 {
                    result += VisibleText.escape(buffer[position..<end])
                } else {
                    let character = String(decoding: buffer[position..<end], as: UTF8.self)
                    if special.contains(character) {
                        result += "\\" + character
                    } else {
                        append(character, isFirst: position == 0, isLast: end == buffer.count, to: &result)
                    }
                }
                position = end
            }
        }
    }

    /// An alternative: its text, quoted, or its ID as `#123` when the server gives no text.
    public static func name(_ alternative: TokenLogprob.Alternative) -> String {
        guard !alternative.isNamed, let id = alternative.id else { return quote(alternative.text) }
        return "#\(id)"
    }

    private static func append(_ character: String, isFirst: Bool, isLast: Bool, to result: inout String) {
        guard let scalar = character.unicodeScalars.first else { return }
        switch scalar {
        case " "..."~": result += character
        default:
            // What stands before it as it is; the opening quotation mark where nothing does.
            let before = isFirst ? nil : result.unicodeScalars.last
            let isHidden = HiddenCharacters.contain(scalar, after: before, isLast: isLast)
            result += isHidden ? spell(scalar) : VisibleText.escape(character)
        }
    }

    private static func spell(_ scalar: Unicode.Scalar) -> String {
        "\\u{\(String(scalar.value, radix: 16))}"
    }
}
