/// Flags that belong together, under a heading of the documents.
public struct Section<Options: SendableMetatype>: Sendable {
    /// The heading, such as `Sampling`.
    public let title: String
    /// In the order shown.
    public let flags: [Flag<Options>]

    /// A heading and its flags.
    public init(_ title: String, _ flags: [Flag<Options>]) {
        self.title = title
        self.flags = flags
    }
}
