/// Puts text between the sequences that color it and those that end it (ECMA-48, select graphic rendition). The text must
/// have no control characters; a newline would carry the background to the terminal's edge.
struct Paint {
    private let support: ColorSupport
    /// The sequences that begin the color of a probability, by step.
    private let heat: [[UInt8]?]

    init(_ support: ColorSupport) {
        self.support = support
        heat = Likelihood.allCases.map {
            HeatPalette.parameters($0, depth: support.depth).map(Self.opening)
        }
    }

    /// Whether probabilities have colors; without, the view must show them in characters.
    var hasColor: Bool { support.depth > .none }

    /// What a text can stand in.
    enum Style: Equatable {
        case plain
        /// On the background of a probability; as it is without color.
        case heat(Likelihood)
        /// These three where attributes are shown.
        case dim, bold, underlined
        /// Parts of a JSON document, where there is color.
        case jsonKey, jsonString, jsonNull
        /// Of two texts that differ, the first's and the second's; where they begin to, the marked ones.
        case first, firstMarked, second, secondMarked
    }

    /// The text in a style.
    func paint(_ text: String, _ style: Style) -> String {
        guard !text.isEmpty, let parameters = parameters(of: style) else { return text }
        return "\u{1B}[\(parameters)m\(text)\u{1B}[0m"
    }

    /// Appends bytes of text in a style.
    func append(_ text: [UInt8], _ style: Style, to output: inout [UInt8]) {
        guard style != .plain, !text.isEmpty, let opening = opening(of: style) else {
            output += text
            return
        }
        output += opening
        output += text
        output += Self.closing
    }

    /// On the background of a probability; as it is without color.
    func heat(_ text: String, _ likelihood: Likelihood) -> String { paint(text, .heat(likelihood)) }

    /// Dim, where attributes are shown.
    func dim(_ text: String) -> String { paint(text, .dim) }

    /// Bold, where attributes are shown.
    func bold(_ text: String) -> String { paint(text, .bold) }

    /// Underlined, where attributes are shown.
    func underline(_ text: String) -> String { paint(text, .underlined) }

    /// The sequence that begins a style; nil where the text stays as it is.
    func opening(of style: Style) -> [UInt8]? {
        if case .heat(let likelihood) = style { return heat[likelihood.rawValue] }
        return parameters(of: style).map(Self.opening)
    }

    private static func opening(_ parameters: String) -> [UInt8] { Array("\u{1B}[\(parameters)m".utf8) }

    /// The sequence that ends every style.
    static let closing = Array("\u{1B}[0m".utf8)

    private func parameters(of style: Style) -> String? {
        switch style {
        case .plain: nil
        case .heat(let likelihood): HeatPalette.parameters(likelihood, depth: support.depth)
        case .dim: support.hasAttributes ? "2" : nil
        case .bold: support.hasAttributes ? "1" : nil
        case .underlined: support.hasAttributes ? "4" : nil
        case .jsonKey: hasColor ? "34;1" : nil
        case .jsonString: hasColor ? "32" : nil
        case .jsonNull: hasColor ? "2" : nil
        case .first: hasColor ? "31" : nil
        case .second: hasColor ? "32" : nil
        case .firstMarked: hasColor ? "31;7" : support.hasAttributes ? "4" : nil
        case .secondMarked: hasColor ? "32;7" : support.hasAttributes ? "4" : nil
        }
    }
}
