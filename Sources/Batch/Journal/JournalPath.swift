public import Platform

/// Where a result file is, and what to call it.
public struct JournalPath: Sendable {
    let place: FilePlace
    let label: Message

    /// A file, by where a path leads.
    ///
    /// - Parameter label: what it is, for messages.
    public init(_ place: FilePlace, _ label: Message) {
        (self.place, self.label) = (place, label)
    }
}
