import Flags
import Platform

/// The escapes that `--escapes` reads: `\n`, `\t`, `\r`, `\\`, `\xNN` (a byte) and `\u{...}` (a character).
enum Escapes {
    /// The bytes that the text stands for.
    ///
    /// - Throws: ``BadValue`` for any other escape, and when the result is not UTF-8.
    static func read(_ text: [UInt8]) throws(BadValue) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\") {
                result += try readOne(&rest)
            } else {
                result.append(byte)
            }
        }
        if let offset = UTF8Sequence.firstInvalidOffset(in: result) {
            throw BadValue("after replacing escapes, the text is not UTF-8 at byte \(offset)")
        }
        return result
    }

    /// Takes one escape, without its backslash, from the front of `rest`.
    private static func readOne(_ rest: inout ArraySlice<UInt8>) throws(BadValue) -> [UInt8] {
        let shown = [UInt8(ascii: "\\")] + rest.prefix(9)
        switch rest.popFirst() {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "\\"): return [UInt8(ascii: "\\")]
        case UInt8(ascii: "x"):
            let digits = rest.prefix(2)
            guard digits.count == 2, let value = number(digits).flatMap(UInt8.init) else { break }
            rest = rest.dropFirst(2)
            return [value]
        case UInt8(ascii: "u"):
            guard rest.first == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")) else { break }
            guard let scalar = number(rest[(rest.startIndex + 1)..<end]).flatMap(Unicode.Scalar.init) else { break }
            rest = rest[(end + 1)...]
            return Array(String(scalar).utf8)
        default: break
        }
        throw BadValue("\(quoted: shown) does not begin with one of the escapes \\n \\t \\r \\\\ \\xNN \\u{...}")
    }

    /// Hexadecimal digits and nothing else, such as a sign.
    private static func number(_ digits: ArraySlice<UInt8>) -> UInt32? {
        guard let first = digits.first, !"+-".utf8.contains(first) else { return nil }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
