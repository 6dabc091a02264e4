/// The environment variables that concern color; nil for one that is not set.
public struct ColorEnvironment: Sendable {
    /// `NO_COLOR`: any text but the empty one asks for no color (no-color.org).
    public var noColor: String?
    /// `FORCE_COLOR`: 0 to 3 name a depth, any other text but the empty one asks for color.
    public var forceColor: String?
    /// `COLORTERM`: `truecolor` or `24bit` when the terminal shows 24 bits.
    public var colorTerm: String?
    /// `TERM`: the terminal's name in terminfo.
    public var term: String?

    /// Reads the variables.
    ///
    /// - Parameters:
    ///   - variable: gives a variable's value by its name; nil when it is not set.
    public init(_ variable: (String) -> String?) {
        // An empty variable says nothing.
        func text(_ name: String) -> String? { variable(name).flatMap { $0.isEmpty ? nil : $0 } }
        noColor = text("NO_COLOR")
        forceColor = text("FORCE_COLOR")
        colorTerm = text("COLORTERM")
        term = text("TERM")
    }

    /// Whether the terminal obeys escape sequences, as far as its name shows.
    var hasEscapes: Bool { term.map { $0 != "dumb" && $0 != "unknown" } ?? false }

    /// The depth that follows from the terminal's name and `COLORTERM`.
    var terminalDepth: ColorDepth {
        guard hasEscapes, let term else { return .none }
        if let colorTerm {
            return ["truecolor", "24bit"].contains(colorTerm) ? .direct : max(.basic, Self.depth(of: term))
        }
        return Self.depth(of: term)
    }

    private static func depth(of term: String) -> ColorDepth {
        let direct = ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour"]
        if term.hasSuffix("-direct") || direct.contains(where: { term == $0 || term.hasPrefix($0 + "-") }) {
            return .direct
        }
        if term.hasSuffix("-256color") || term.hasSuffix("-256") { return .indexed }
        // The video terminals of old, and every entry that terminfo names monochrome.
        let isMonochrome = ["-m", "-mono"].contains(where: term.hasSuffix) || isVideoTerminal(term)
        return isMonochrome ? .none : .basic
    }

    private static func isVideoTerminal(_ term: String) -> Bool {
        let digits = term.dropFirst(2).prefix { $0 != "-" }
        return term.hasPrefix("vt") && !digits.isEmpty && digits.allSatisfy(\.isNumber)
    }
}
