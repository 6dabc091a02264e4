/// What the documents say of the cells of a `tsv`.
public enum TSVCells {
    /// Spellings and what they mean.
    public static let terms: [(term: String, meaning: String)] = [
        ("\\\\, \\t, \\n, \\r", "A backslash, tab, newline and carriage return of a token."),
        (
            "\\x22, \\x1b",
            "A quotation mark, an apostrophe that begins a cell, and any byte of another control character, of a line separator or of what is not UTF-8, in "
                + "hexadecimal. Unescaped, a cell is the token's bytes. In the alternatives, each of which is quoted, the "
                + "quoted text is escaped as a whole."
        ),
        (
            "\\x4eA",
            "The first character of a token such as NA, null or NaN, which programs that read tables take for no value."
        ),
        ("(empty)", "What is not known, and a token without text."),
        (
            "= + - @",
            "Left as they are at the beginning of a cell. A spreadsheet takes such a cell for a formula: it shows a result or "
                + "an error in place of the token, and a formula can send data elsewhere. Import the columns token and "
                + "alternatives as text, which also keeps tokens such as 007 from becoming numbers, and do not open the file "
                + "with a double click."
        ),
    ]
}
