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
