/// How result files are continued.
public struct JournalOptions: Sendable {
    /// Whether rows may stand in them that are not in the input.
    public var keepsForeign = false
    /// Whether rows that are complete, but whose request has changed, are requested again.
    public var redoesChanged = false
    /// Whether the finished file is put into input order.
    public var isOrdered = false
    /// Records are stored on the disk this many seconds after they were written, at the latest; nil for whenever the system
    /// does so, and at the end.
    public var syncInterval: Double?

    /// The usual ones.
    public init() {}
}
