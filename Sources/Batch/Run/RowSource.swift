public import Platform

/// Where a run gets its rows from: those of the input that still have to be requested.
public protocol RowSource {
    /// The next row. It waits for a file, and for nothing else.
    mutating func next() throws(SystemError) -> RunStep

    /// A descriptor that becomes readable when a row may have come that was not there yet; negative for none.
    var descriptor: Int32 { get }
}

/// What a source of rows has next.
public enum RunStep: Sendable {
    /// A row to request.
    case row(Row)
    /// A row that can't be requested.
    case error(RowError)
    /// A row that fails without a record, since it has one of another request.
    case refused(RowError)
    /// A line that is no row.
    case blank
    /// A row that an earlier run completed; whether its completion is not as it was expected to be.
    case completed(isUnexpected: Bool)
    /// Nothing yet.
    case pending
    /// Nothing any more.
    case end
}
