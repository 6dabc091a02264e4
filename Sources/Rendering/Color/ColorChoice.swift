/// What the user wants of color.
public enum ColorChoice: String, Sendable, CaseIterable {
    /// By what the output is and the environment says.
    case auto
    /// Also when the output is no terminal.
    case always
    /// No escape sequence at all.
    case never
}
