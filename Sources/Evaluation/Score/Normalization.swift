/// What the log probability of a continuation is divided by before continuations are compared: long ones are less likely
/// than short ones, whatever they say.
public enum Normalization: String, CaseIterable, Sendable {
    /// By nothing.
    case sum
    /// By the number of its tokens.
    case token
    /// By the number of its characters (code points), as given, a leading blank included.
    case char
    /// By the number of its UTF-8 bytes, as given.
    case byte
}
