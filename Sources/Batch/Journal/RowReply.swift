public import API
public import Client
import JSON

/// Keeps the response to one row, whole or as its stream is gathered.
public struct RowReply: ReplySink {
    private var gatherer: StreamGatherer?
    private var whole: [UInt8]?

    /// Nothing yet.
    public init() {}

    /// The response as one document; nil when nothing of a completion came.
    public var content: [UInt8]? { whole ?? gatherer?.bytes }

    /// Keeps a chunk.
    public mutating func take(_ chunk: CompletionChunk) {
        if chunk.isWholeReply {
            whole = chunk.document.bytes
        } else {
            gatherer = gatherer ?? StreamGatherer()
            gatherer?.add(chunk)
        }
    }

    /// Nothing is to be done meanwhile.
    public mutating func pause(hasOutput: Bool) {}

    /// Nothing is to be done at the end.
    public mutating func finish(isWhole: Bool, _ progress: ReplyProgress) {}

    /// All is wanted.
    public var isClosed: Bool { false }

    /// Nothing was written, so that every attempt may take another's place.
    public func mayRestart(hasOutput: Bool) -> Bool { true }

    /// A stream is kept to be gathered.
    public func keepsStream(_ progress: ReplyProgress) -> Bool { true }
}
