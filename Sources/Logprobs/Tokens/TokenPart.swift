/// A part of what a model writes for a choice.
public enum TokenPart: String, CaseIterable, Sendable {
    /// What it thought before; no part of the text.
    case reasoning
    /// The completion's text.
    case text
}
