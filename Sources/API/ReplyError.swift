/// Why a response with a good HTTP status is not a completion.
public enum ReplyError: Error, Sendable {
    /// Nothing came.
    case empty
    /// A page, as proxies send; the bytes that came.
    case html([UInt8])
    /// Neither JSON nor an event stream; the reason and the bytes that came.
    case unreadable(String, [UInt8])
    /// JSON, but not of the completions endpoint; the bytes that came.
    case notACompletion([UInt8])
    /// A response without a single choice; the bytes of its last chunk.
    case noChoice([UInt8])
    /// The completion is truncated: how much of it came, and why no more did.
    case cutShort(after: StreamExtent, Truncation)
    /// Documents that are more than one response; the line, from 1, with which the second begins.
    case multipleReplies(line: Int)
    /// The server reported an error inside the response.
    case server(APIError)
}

/// Why a completion is truncated.
public enum Truncation: Sendable {
    /// The stream ended before a finish reason.
    case ended
    /// The server reported an error that names no status.
    case error(APIError)
    /// A choice has a finish reason that says so; nil for the number of an only choice.
    case finishReason(String, choice: Int?)
}
