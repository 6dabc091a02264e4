/// What an argument list asks for besides filling the options.
public enum ParserRequest: Sendable {
    case run
    /// The help with everything: `--help`.
    case help
    /// The help with the flags people use: `-h`.
    case shortHelp
    case version
}
