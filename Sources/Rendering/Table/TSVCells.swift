/// What the documents say of the cells of a `tsv`.
public enum TSVCells {
    /// Spellings and what they mean.
    public static let terms: [(term: String, meaning: String)] = [
        ("\\\\, \\t, \\n, \\r", "Backslash, tab, newline and carriage return."),
        (
            "\\x22, \\x1b",
            "Quotation mark, leading apostrophe, or a byte of another control character, of a line separator or of "
                + "invalid UTF-8, in hexadecimal. Unescaped, a cell has the token's exact bytes. In alternatives, the "
                + "quoted text is escaped as a whole."
        ),
        (
            "\\x4eA",
            "First character of a token such as NA, null or NaN, which many programs read as a missing value."
        ),
        ("(empty)", "Unknown value, or token without text."),
        (
            "= + - @",
            "Not escaped at the beginning of a cell, where a spreadsheet sees a formula: it shows a result or an error "
                + "instead of the token, and a formula can send data elsewhere. Import the columns token and alternatives "
                + "as text, which also keeps tokens such as 007 from becoming numbers, and do not open the file with a "
                + "double click."
        ),
    ]
}
