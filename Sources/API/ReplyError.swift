/// Why a reply with a good HTTP status is not an answer.
public enum ReplyError: Error, Sendable {
    /// Nothing came.
    case empty
    /// A page, as proxies send; the bytes that came.
    case html([UInt8])
    /// Neither JSON nor an event stream; the reason and the bytes that came.
    case unreadable(String, [UInt8])
    /// JSON, but not of the completions endpoint; the bytes that came.
    case foreign([UInt8])
    /// A reply without a single choice; the bytes of its last chunk.
    case noChoice([UInt8])
    /// The stream ended before the answer did; how much of it came.
    case cutShort(after: StreamExtent)
    /// Saved lines that hold more than one reply; the line, from 1, with which the second begins.
    case several(line: Int)
    /// The server reported an error inside the reply.
    case server(APIError)
}
