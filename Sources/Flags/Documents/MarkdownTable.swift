/// A table in Markdown.
public enum MarkdownTable {
    /// Header, rule and rows; vertical bars in cells are escaped.
    public static func make(_ header: [String], _ rows: [[String]]) -> String {
        let rule = header.map { _ in "---" }
        return ([header, rule] + rows).map { "| " + $0.map(escape).joined(separator: " | ") + " |\n" }.joined()
    }

    private static func escape(_ cell: String) -> String {
        cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
