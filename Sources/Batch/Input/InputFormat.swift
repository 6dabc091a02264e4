/// How an input holds its rows.
public enum InputFormat: String, CaseIterable, Sendable {
    /// A line is a JSON string or object.
    case jsonl
    /// A line is a prompt.
    case lines
    /// What stands before each NUL is a prompt.
    case null

    /// What ends a row; the last may lack it.
    public var terminator: UInt8 { self == .null ? 0 : UInt8(ascii: "\n") }

    /// What a row is called in messages.
    public var unit: String { self == .null ? "record" : "line" }

    /// What editors of other systems put in front of a text.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
