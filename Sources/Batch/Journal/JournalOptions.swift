/// How result files are continued.
public struct JournalOptions {
    /// Whether rows may stand in them that are not in the input.
    public var keepsForeign = false
    /// Whether rows that are complete, but whose request has changed, are requested again.
    public var redoesChanged = false
    /// Whether the finished file is put into input order.
    public var isOrdered = false
    /// Records are stored on the disk this many seconds after they were written, at the latest; nil for whenever the system
    /// does so, and at the end.
    public var syncInterval: Double?
    /// Is given the record of each row that an earlier run has completed: of an input that can't be scanned, of each complete row in
    /// the file.
    public var countComplete: ((UnsafeBufferPointer<UInt8>) -> Void)?

    /// The usual ones.
    public init() {}
}
