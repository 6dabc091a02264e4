/// How many colors can be shown.
public enum ColorDepth: Int, Sendable, Comparable, CaseIterable {
    /// No color.
    case none
    /// The sixteen named ones, which the terminal's own settings define.
    case basic
    /// The fixed cube of 256.
    case indexed
    /// Red, green and blue of eight bits each.
    case direct

    /// Fewer colors first.
    public static func < (left: ColorDepth, right: ColorDepth) -> Bool { left.rawValue < right.rawValue }
}
