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

    /// The same flags for options that have these as a part, so that commands share them.
    public func within<Whole: SendableMetatype>(
        _ part: any WritableKeyPath<Whole, Options> & Sendable
    ) -> Section<Whole> {
        Section<Whole>(title, flags.map { $0.within(part) })
    }
}
