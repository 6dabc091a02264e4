/// Puts text between the sequences that color it and those that end it (ECMA-48, select graphic rendition). The text must
/// have no control characters; a newline would carry the background to the terminal's edge.
struct Paint {
    private let support: ColorSupport

    init(_ support: ColorSupport) {
        self.support = support
    }

    /// Whether probabilities have colors; without, the view must tell them in characters.
    var hasColor: Bool { support.depth > .none }

    /// On the background of a probability; as it is without color.
    func heat(_ text: String, _ likelihood: Likelihood) -> String {
        wrap(text, HeatPalette.parameters(likelihood, depth: support.depth))
    }

    /// Dim, where attributes are shown.
    func dim(_ text: String) -> String { wrap(text, support.hasAttributes ? "2" : nil) }

    /// Bold, where attributes are shown.
    func bold(_ text: String) -> String { wrap(text, support.hasAttributes ? "1" : nil) }

    /// Underlined, where attributes are shown.
    func underline(_ text: String) -> String { wrap(text, support.hasAttributes ? "4" : nil) }

    private func wrap(_ text: String, _ parameters: String?) -> String {
        guard let parameters, !text.isEmpty else { return text }
        return "\u{1B}[\(parameters)m\(text)\u{1B}[0m"
    }
}
