public import API
import Logprobs
import Platform

/// A token's bytes made visible: in double quotes, on one line, with nothing a terminal would hide or act on.
public enum TokenText {
    /// `" and"`, `"\n"`, `"\xf0\x9f"`; spaces other than U+0020, marks without a base and whatever leaves no ink are spelled
    /// out.
    public static func quote(_ bytes: [UInt8]) -> String { String(bytes: { append(quoting: bytes[...], to: &$0) }) }

    /// The same without quotes, in which a quotation mark stands as it is.
    static func spell(_ bytes: [UInt8]) -> String {
        String(bytes: { append(bytes[...], quotationMark: "\"", to: &$0) })
    }

    /// Whether a name is no more than U+FFFD for a part of a character, whose bytes the server does not name.
    static func isPart(_ name: [UInt8]) -> Bool { !name.isEmpty && TokenSpelling.isLossy(name) }

    /// An alternative: its text, quoted, or its ID as `#123` when the server gives no text.
    public static func name(_ alternative: TokenLogprob.Alternative) -> String {
        String(bytes: { append(nameOf: alternative, to: &$0) })
    }

    /// Appends what ``quote(_:)`` gives.
    ///
    /// - Parameter inHTML: whether entities stand for what would be markup.
    static func append(quoting bytes: ArraySlice<UInt8>, inHTML: Bool = false, to output: inout [UInt8]) {
        let quote: StaticString = inHTML ? "&quot;" : "\""
        output.append(quote)
        append(bytes, quotationMark: inHTML ? "\\&quot;" : "\\\"", inHTML: inHTML, to: &output)
        output.append(quote)
    }

    /// Appends the bytes without quotes.
    ///
    /// - Parameter quotationMark: what stands for one of theirs.
    private static func append(
        _ bytes: ArraySlice<UInt8>, quotationMark: StaticString, inHTML: Bool = false, to output: inout [UInt8]
    ) {
        bytes.withUnsafeBufferPointer { buffer in
            var position = 0
            while position < buffer.count {
                let byte = buffer[position]
                switch byte {
                case UInt8(ascii: "\""):
                    output.append(quotationMark)
                    position += 1
                case UInt8(ascii: "\\"):
                    output += "\\\\".utf8
                    position += 1
                case 0x20...0x7E:
                    if inHTML, let entity = HTMLText.entity(of: byte) {
                        output.append(entity)
                    } else {
                        output.append(byte)
                    }
                    position += 1
                default: position += appendCharacter(at: position, in: buffer, to: &output)
                }
            }
        }
    }

    /// Appends what ``name(_:)`` gives.
    ///
    /// - Parameter inHTML: whether entities stand for what would be markup.
    static func append(
        nameOf alternative: TokenLogprob.Alternative, inHTML: Bool = false, to output: inout [UInt8]
    ) {
        if !alternative.isNamed, let id = alternative.id {
            append(id: id, to: &output)
        } else {
            append(quoting: alternative.text, inHTML: inHTML, to: &output)
        }
    }

    /// Appends `#123`.
    static func append(id: Int, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "#"))
        output.append(decimal: id)
    }

    /// Appends a character that is not plain ASCII, or a byte that is part of none, and gives its length.
    private static func appendCharacter(
        at position: Int, in buffer: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]
    ) -> Int {
        let character = UTF8Sequence.scalar(at: position, in: buffer)
        let end = position + (character?.length ?? 1)
        // What stands before it as it is; the opening quotation mark where nothing does.
        let before = position == 0 ? nil : lastScalar(of: output)
        if let scalar = character?.scalar,
            HiddenCharacters.contain(scalar, after: before, isLast: end == buffer.count)
        {
            output += "\\u{".utf8
            output.append(hexadecimal: scalar.value)
            output.append(UInt8(ascii: "}"))
        } else {
            VisibleText.append(Array(buffer[position..<end])[...], to: &output)
        }
        return end - position
    }

    /// The last character of UTF-8.
    private static func lastScalar(of text: [UInt8]) -> Unicode.Scalar? {
        guard let start = text.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return nil }
        return text.withUnsafeBufferPointer { UTF8Sequence.scalar(at: start, in: $0)?.scalar }
    }
}
