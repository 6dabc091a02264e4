public import Client
public import JSON

/// Why a row failed.
public enum FailureCause {
    /// Its line can't be sent.
    case row(RowError)
    /// Its request failed.
    case request(ClientError)
}

/// A row's failure as it is counted and recorded.
public struct RowFailure {
    /// The kind, as in error objects.
    public let kind: String
    /// The object that `complete --json` reports.
    public let error: JSONValue
    /// What the run ends with when one row after the other fails so; nil when the row may be to blame.
    public let ending: (any Error)?

    /// A failure.
    public init(kind: String, error: JSONValue, ending: (any Error)? = nil) {
        (self.kind, self.error, self.ending) = (kind, error, ending)
    }
}
