public import JSON

/// A JSON document that is shown as it came, which on a terminal must neither steer it nor hide anything.
public enum TerminalDocument {
    private static let escapes = TerminalEscapes(
        spelling: .json, ownSequences: .none, keepsNUL: false, spellsInvisible: true)

    /// The value on several lines, in color, with what a terminal would act on or hide spelled as JSON's escapes, so that it
    /// means the same.
    public static func bytes(of value: JSONView, color: ColorSupport = .plain) -> [UInt8] {
        let bytes = lines(value.prettyBytes)
        return color.depth > .none ? JSONPaint(color).paint(bytes) : bytes
    }

    /// Whole lines of JSON as they are laid out, with the same escapes.
    public static func lines(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        escapes.append(bytes[...], to: &output)
        return output
    }
}
