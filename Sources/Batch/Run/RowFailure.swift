public import Client
public import JSON
public import Platform

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
    /// Why, in one clause.
    public let reason: Message
    /// The object that `complete --json` reports.
    public let error: JSONValue
    /// What the run ends with when one row after the other fails so; nil when the row may be to blame.
    public let ending: (any Error)?

    /// A failure.
    public init(kind: String, reason: Message, error: JSONValue, ending: (any Error)? = nil) {
        (self.kind, self.reason, self.error, self.ending) = (kind, reason, error, ending)
    }
}
