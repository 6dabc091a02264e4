/// A section of a manual page that no table of flags fills.
public struct ManualPart: Sendable {
    /// What stands under a heading.
    public enum Content: Sendable {
        /// Running text.
        case paragraphs([String])
        /// Terms and their meanings.
        case terms([(term: String, meaning: String)])
        /// Lines that stand as they are.
        case lines([String])
    }

    /// The heading, in ordinary case.
    public let title: String
    /// What stands under it, in order.
    public let contents: [Content]

    /// A section with this heading.
    public init(_ title: String, _ contents: Content...) {
        self.title = title
        self.contents = contents
    }
}

/// A manual page of section 7, about something that several commands share.
public struct TopicOutline: Sendable {
    /// The page's name after the program's, such as `formats`.
    public let name: String
    /// One sentence.
    public let summary: String
    /// Paragraphs.
    public let description: [String]
    /// The page's own sections.
    public let parts: [ManualPart]
    /// Names of related pages, each with its section.
    public let related: [(name: String, section: Int)]

    /// A page about a topic.
    public init(
        _ name: String, _ summary: String, description: [String], parts: [ManualPart],
        related: [(name: String, section: Int)]
    ) {
        self.name = name
        self.summary = summary
        self.description = description
        self.parts = parts
        self.related = related
    }
}
