public import Platform

/// A command line that cannot be obeyed: what is wrong, and what would be right.
public struct UsageError: Error, Equatable, Sendable {
    /// One line that names the thing at fault.
    public let message: Message
    /// One line of advice; nil when the message says it all.
    public let hint: Message?

    /// A message and perhaps a hint.
    public init(_ message: Message, hint: Message? = nil) {
        self.message = message
        self.hint = hint
    }
}

/// What a program says of a flag that it does not have.
public struct UnknownFlagAdvice: Sendable {
    /// An explanation for a name that people try, such as `--system`; nil for none.
    public let explain: @Sendable (String) -> Message?
    /// Whether the command takes arguments that may begin with a dash.
    public let takesArguments: Bool
    /// Where every flag is found, such as `run --help lists every flag`; nil for nowhere.
    public let help: Message?

    /// Advice; by default only that on arguments that begin with a dash.
    public init(
        takesArguments: Bool = true, help: Message? = nil,
        explain: @escaping @Sendable (String) -> Message? = { _ in nil }
    ) {
        self.takesArguments = takesArguments
        self.help = help
        self.explain = explain
    }

    /// What to say of a flag that is like none: that a text goes after `--` when it may be one, else where the flags are.
    func generalHint(on flag: String) -> Message? {
        let name = flag.utf8.drop { $0 == UInt8(ascii: "-") }
        let isName =
            name.first.map(Self.isLetter) == true && name.allSatisfy { Self.isLetter($0) || $0 == UInt8(ascii: "-") }
        if takesArguments, !isName { return "an argument that begins with '-' goes after '--'" }
        return help
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
