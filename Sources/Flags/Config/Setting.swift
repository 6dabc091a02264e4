/// What holds for a flag, and why.
public struct Setting: Sendable {
    /// Where a value comes from, the strongest first.
    public enum Source: Equatable, Sendable {
        case commandLine
        /// The environment variable of this name.
        case variable(String)
        /// The configuration file, at this line.
        case config(line: Int)
        /// Nothing was said.
        case standard
    }

    /// The flag's name without dashes.
    public let name: String
    /// The value as it was written; empty for a switch.
    public let value: [UInt8]
    /// Where it comes from.
    public let source: Source
}
