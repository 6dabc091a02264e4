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
    /// A row that an earlier run completed.
    case completed
    /// Nothing yet.
    case pending
    /// Nothing any more.
    case end
}
