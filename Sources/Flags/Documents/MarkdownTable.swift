/// A table in Markdown.
public enum MarkdownTable {
    /// Header, rule and rows; vertical bars in cells are escaped.
    public static func make(_ header: [String], _ rows: [[String]]) -> String {
        let rule = header.map { _ in "---" }
        return ([header, rule] + rows).map { "| " + $0.map(escape).joined(separator: " | ") + " |\n" }.joined()
    }

    /// The flags of a section: how they are written, the field they set, what they do.
    public static func make(_ section: SectionOutline) -> String {
        make(
            ["flag", "field", "meaning"],
            section.flags.map { flag in
                let usage = flag.usage.drop { $0 == " " }
                return ["`\(usage)`", flag.field.map { "`\($0)`" } ?? "", flag.meaning]
            })
    }

    private static func escape(_ cell: String) -> String {
        cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
