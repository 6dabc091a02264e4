public import Platform

/// Where the outcomes of rows go, each once, in whatever order they come.
///
/// A row is known to a sink by its place among those that this run requests, from 0, in input order.
public protocol RecordSink {
    /// Takes the record of a row.
    ///
    /// - Parameter now: seconds of the run's clock.
    /// - Throws: ``SystemError`` when it can't be written, and no more rows should be begun.
    mutating func write(_ record: BatchRecord, row: Int, now: Double) throws(SystemError)

    /// Takes a place that no record comes for, since its line is no row.
    mutating func passOver(row: Int)

    /// Whether a row may be begun.
    func mayBegin(row: Int) -> Bool

    /// Does what is due, without waiting: writes what a reader takes, or stores what was written.
    ///
    /// - Throws: ``SystemError`` when that fails.
    mutating func pump(now: Double) throws(SystemError)

    /// When ``pump(now:)`` is to be called at the latest; nil for no need.
    func pumpTime(now: Double) -> Double?

    /// Writes all that can be written, waiting for whoever reads it, and ends.
    ///
    /// - Parameter isComplete: whether every row of the input has a record.
    /// - Throws: ``JournalError`` when something could not be written.
    mutating func finish(isComplete: Bool) throws(JournalError)

    /// Waits until what was written is stored, where it is kept.
    ///
    /// - Throws: ``SystemError`` when it could not be.
    func store() throws(SystemError)

    /// How many records were taken and could not be written, or are not there any more.
    var lostCount: Int { get }

    /// How many of them were of successes.
    var lostSuccessCount: Int { get }
}

/// Writes records into result files.
public struct JournalSink: RecordSink {
    /// The files.
    public let journal: Journal
    /// Records that are written with the next ones: those that came while nothing could be waited for.
    private var pending: [BatchRecord] = []

    /// A sink for open files.
    public init(_ journal: Journal) {
        self.journal = journal
    }

    /// Takes the record, which is written by the next ``pump(now:)``.
    public mutating func write(_ record: BatchRecord, row: Int, now: Double) throws(SystemError) {
        pending.append(record)
    }

    private mutating func writePending(now: Double) throws(SystemError) {
        guard !pending.isEmpty else { return }
        let records = pending
        pending.removeAll(keepingCapacity: true)
        try journal.append(records, now: now)
    }

    /// Files hold nothing for it.
    public mutating func passOver(row: Int) {}

    /// Every row may.
    public func mayBegin(row: Int) -> Bool { true }

    /// Writes what was taken, and stores what was written if that is due.
    public mutating func pump(now: Double) throws(SystemError) {
        try writePending(now: now)
        try journal.synchronize(now: now)
    }

    /// At once while records are to be written; else when what was written is to be stored.
    public func pumpTime(now: Double) -> Double? { pending.isEmpty ? journal.syncTime : now }

    /// Ends the files.
    public mutating func finish(isComplete: Bool) throws(JournalError) {
        var failure: SystemError?
        do throws(SystemError) { try writePending(now: 0) } catch { failure = error }
        try journal.finish(isComplete: isComplete && failure == nil)
        if let failure { throw .system(failure) }
    }

    /// Waits until the files are stored.
    public func store() throws(SystemError) { try journal.store() }

    /// Records that could not be written, or are not there any more.
    public var lostCount: Int { journal.lostCount }

    /// Those of successes.
    public var lostSuccessCount: Int { journal.lostSuccessCount }
}
