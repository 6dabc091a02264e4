/// Text that GitHub-flavoured Markdown shows as it is.
public enum MarkdownText {
    /// With more backticks around it than this a parser may see no code span.
    private static let longestFence = 40

    /// A code span of a text without line breaks that begins and ends with neither space nor backtick, as a quoted token
    /// does. Nothing in it is markup, a link, a mention or a number of an issue.
    public static func code(_ text: String) -> String {
        // A span ends at as many backticks as it began with, no more and no fewer.
        let runs = Set(text.unicodeScalars.split { $0 != "`" }.map(\.count))
        guard let length = (1...longestFence).first(where: { !runs.contains($0) }) else {
            return code(replace("`", in: text, by: "\\x60"))
        }
        let fence = String(repeating: "`", count: length)
        return fence + text + fence
    }

    /// Appends the code span of UTF-8.
    static func append(code text: [UInt8], to output: inout [UInt8]) {
        guard !text.contains(UInt8(ascii: "`")) else {
            output += code(String(decoding: text, as: UTF8.self)).utf8
            return
        }
        output.append(UInt8(ascii: "`"))
        output += text
        output.append(UInt8(ascii: "`"))
    }

    /// Appends a cell of a table's line.
    static func append(cell: [UInt8], to output: inout [UInt8]) {
        for byte in cell {
            if byte == UInt8(ascii: "|") { output.append(UInt8(ascii: "\\")) }
            output.append(byte)
        }
    }

    /// The line of a table that holds these cells. A table is split at vertical bars first, also inside of code spans,
    /// and drops the backslash before an escaped one.
    public static func row(_ cells: [String]) -> String {
        "| " + cells.map { replace("|", in: $0, by: "\\|") }.joined(separator: " | ") + " |\n"
    }

    /// Also where a combining mark follows, which makes one character of both.
    private static func replace(_ byte: Character, in text: String, by other: StaticString) -> String {
        guard let byte = byte.asciiValue, text.utf8.contains(byte) else { return text }
        var result: [UInt8] = []
        for each in text.utf8 {
            if each == byte {
                other.withUTF8Buffer { result.append(contentsOf: $0) }
            } else {
                result.append(each)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
