/// The notation for bytes that a text file can't show: `\n`, `\r`, `\t`, `\e`, `\0`, `\\`, `\'`, `\"`, `\xNN`; a
/// backslash before the end of a line takes the line's end away.
enum Escapes {
    private static let single: [UInt8: [UInt8]] = [
        UInt8(ascii: "n"): [0x0A], UInt8(ascii: "r"): [0x0D], UInt8(ascii: "t"): [0x09], UInt8(ascii: "e"): [0x1B],
        UInt8(ascii: "0"): [0x00], UInt8(ascii: "\\"): [0x5C], UInt8(ascii: "'"): [0x27], UInt8(ascii: "\""): [0x22],
        0x0A: [],
    ]

    /// The bytes that a notation stands for.
    static func read(_ notation: some Sequence<UInt8>) throws(NotationError) -> [UInt8] {
        var result: [UInt8] = []
        var rest = Array(notation)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            guard let escape = rest.popFirst() else { throw NotationError(problem: "a backslash ends the text") }
            if let bytes = single[escape] {
                result += bytes
            } else if escape == UInt8(ascii: "x"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                rest = rest.dropFirst(2)
                result.append(value)
            } else {
                throw NotationError(problem: "unknown escape \\\(Character(UnicodeScalar(escape)))")
            }
        }
        return result
    }

    /// Bytes as a person can read them, a line for each line; a text that lacks its last newline says so.
    static func lines(showing bytes: [UInt8]) -> [String] {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(visible)
        let last = lines.removeLast()
        if !last.isEmpty { lines += [last, CaseFile.noNewline] }
        return lines
    }

    private static func visible(_ line: ArraySlice<UInt8>) -> String {
        var result = ""
        var decoder = UTF8()
        var bytes = line.makeIterator()
        var rest = line
        while true {
            switch decoder.decode(&bytes) {
            case .scalarValue(let scalar):
                rest = rest.dropFirst(UTF8.width(scalar))
                result += visible(scalar)
            case .emptyInput: return result
            case .error:
                // The decoder does not tell how much it skipped: go on after the one byte that is surely wrong.
                result += hex(rest.removeFirst())
                decoder = UTF8()
                bytes = rest.makeIterator()
            }
        }
    }

    private static func visible(_ scalar: UnicodeScalar) -> String {
        switch scalar {
        case "\\": "\\\\"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\u{1B}": "\\e"
        case "\u{0}": "\\0"
        case " "..."~": String(scalar)
        default: scalar.value < 0xA0 ? UTF8.encode(scalar)?.map(hex).joined() ?? "" : String(scalar)
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
