/// A command line that cannot be obeyed: what is wrong, and what would be right.
public struct UsageError: Error, Equatable, Sendable {
    /// One line that names the thing at fault.
    public let message: String
    /// One line of advice; nil when the message says it all.
    public let hint: String?

    /// A message and perhaps a hint.
    public init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}
