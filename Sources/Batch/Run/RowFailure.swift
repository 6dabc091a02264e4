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
public struct RowFailure: Sendable {
    /// The kind, as in error objects.
    public let kind: String
    /// The object that `complete --json` reports.
    public let error: JSONValue

    /// A failure.
    public init(kind: String, error: JSONValue) {
        (self.kind, self.error) = (kind, error)
    }
}
