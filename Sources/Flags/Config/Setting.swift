/// What holds for a flag, and why.
public struct Setting: Sendable {
    /// Where a value comes from, the strongest first.
    public enum Source: Equatable, Sendable {
        case commandLine
        /// The environment variable of this name.
        case variable(String)
        /// The configuration file of this name, at this line, in this profile; nil for a line for all.
        case config(file: String, line: Int, profile: String?)
        /// Nothing was said: the flag's default.
        case defaultValue
    }

    /// The flag's name without dashes.
    public let name: String
    /// The value as it was written; nil for a switch.
    public let value: [UInt8]?
    /// Whether it is a switch's opposite, such as `--no-stream`.
    public let isNegated: Bool
    /// Where it comes from.
    public let source: Source
    /// The flags of which only the last given counts.
    let overrideGroup: String

    /// What was said of a flag.
    init<Options>(_ flag: Flag<Options>, _ value: [UInt8], _ source: Source) {
        name = flag.name
        let isSwitch = flag.syntax.shape == .none || flag.syntax.shape == .negatable
        self.value = isSwitch || flag.syntax.shape == .optional && value.isEmpty ? nil : value
        isNegated = isSwitch && value.elementsEqual("no".utf8)
        self.source = source
        overrideGroup = flag.overrideGroup
    }
}
