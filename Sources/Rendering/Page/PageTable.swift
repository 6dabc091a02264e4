/// Names and values, one pair to a line.
struct PageTable {
    /// Both as HTML.
    let rows: [(String, String)]
    /// What the table is of, as HTML; nil where a heading says it.
    var caption: String?

    /// The element.
    var html: String {
        let lines = rows.map { "<tr><th scope=\"row\">\($0.0)</th><td>\($0.1)</td></tr>\n" }
        return "<table>" + (caption.map { "<caption>\($0)</caption>" } ?? "") + "<tbody>\n" + lines.joined()
            + "</tbody></table>\n"
    }
}
