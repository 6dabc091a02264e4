/// What stands for the colors of a heatmap where there are none, for the documents.
public enum HeatmapMarks {
    /// What stands around tokens that are not in the text, in which a backslash is never before a parenthesis.
    static let outside = (open: "\\(", close: "\\)")

    /// Each mark, and what it says.
    public static let all: [(term: String, meaning: String)] = [
        ("token", "Its probability was 50 % or more."),
        ("[token]", "Between 10 and 50 %; on a terminal underlined, as all in brackets. Its spaces stand before them."),
        ("[[token]]", "Between 1 and 10 %."),
        ("[[[token]]]", "Less than 1 %."),
        ("{text}", "The prompt, with --echo, or text of unknown probability."),
        (
            "\\(token\\)",
            "A token that is not in the text, such as a special token; also with colors."
        ),
        ("\\[ \\] \\{ \\} \\\\", "These characters in the text itself; with colors, only the backslash."),
        ("\\n", "A newline, which also breaks the line."),
        ("\\x1b \\u{202e}", "Control characters that a terminal would act on; also with colors."),
    ]
}
