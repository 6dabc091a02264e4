/// A piece of a line of text, in one style, or a line's end.
enum StyledRun: Equatable {
    /// Text without control characters.
    case text(String, Paint.Style)
    case newline
}
