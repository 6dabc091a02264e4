/// The escapes that texts on the command line may hold: `\n`, `\t`, `\r`, `\\`, `\xNN` (a byte) and `\u{...}` (a character).
public enum EscapeSequence {
    /// The escapes, for messages.
    public static let list = #"\n \t \r \\ \xNN \u{...}"#

    /// Takes one escape, without its backslash, from the front of `rest`.
    ///
    /// - Returns: the bytes that it stands for; nil when none begins there.
    public static func take(from rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        switch rest.popFirst() {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "\\"): return [UInt8(ascii: "\\")]
        case UInt8(ascii: "x"):
            let digits = rest.prefix(2)
            guard digits.count == 2, let value = number(digits).flatMap(UInt8.init) else { return nil }
            rest = rest.dropFirst(2)
            return [value]
        case UInt8(ascii: "u"):
            guard rest.first == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")),
                let scalar = number(rest[(rest.startIndex + 1)..<end]).flatMap(Unicode.Scalar.init)
            else { return nil }
            rest = rest[(end + 1)...]
            return Array(String(scalar).utf8)
        default: return nil
        }
    }

    /// Hexadecimal digits and nothing else, such as a sign.
    private static func number(_ digits: ArraySlice<UInt8>) -> UInt32? {
        guard let first = digits.first, !"+-".utf8.contains(first) else { return nil }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
