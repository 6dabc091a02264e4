public import API
import HTTP

/// What becomes of a completion as it comes: it is rendered, gathered, or written as a record. Each attempt has a fresh one.
public protocol ReplySink {
    /// Takes the next chunk; a whole response is one.
    mutating func take(_ chunk: CompletionChunk)

    /// All chunks that have come so far were taken, and the next may take its time.
    ///
    /// - Parameter hasOutput: whether anything of a completion has come: text, tokens or a finish reason.
    mutating func pause(hasOutput: Bool)

    /// Takes the end.
    ///
    /// - Parameters:
    ///   - isWhole: false when the completion is truncated.
    ///   - progress: what the response has shown.
    mutating func finish(isWhole: Bool, _ progress: ReplyProgress)

    /// Whether nothing more is wanted, as when the output can't be written.
    var isClosed: Bool { get }

    /// Whether another attempt, with another sink, may take this one's place.
    ///
    /// - Parameter hasOutput: as in ``pause(hasOutput:)``.
    func mayRestart(hasOutput: Bool) -> Bool

    /// Whether all that comes of a stream is held in memory, as far as shows in what has come.
    func keepsStream(_ progress: ReplyProgress) -> Bool
}

/// What was requested, as far as the response is read by it.
public struct ReplyExpectation: Sendable {
    /// The request's URL and clocks, for messages.
    let url: String
    let limits: TimeLimits
    /// The most bytes of the response that may be held in memory.
    let maxSize: Int
    /// How many choices were requested.
    let choiceCount: Int
    /// Whether a stream was requested.
    let streams: Bool

    /// What a completion by this connection must be like.
    public init(_ connection: Connection, choiceCount: Int, streams: Bool) {
        url = connection.baseURL.completions
        limits = connection.limits
        maxSize = connection.maxResponseSize
        self.choiceCount = choiceCount
        self.streams = streams
    }
}

/// When an attempt began and what came when, in seconds of the transport's clock.
public struct ReplyTiming: Sendable {
    private let begin: Double
    private var firstChunk: Double?
    var end = 0.0

    init(begin: Double) {
        self.begin = begin
    }

    mutating func noteChunk(_ now: Double) {
        firstChunk = firstChunk ?? now
    }

    /// Seconds until the first chunk of a stream that held a choice; nil for a whole response.
    public var firstToken: Double? { firstChunk.map { $0 - begin } }

    /// Seconds until the response ended.
    public var total: Double { end - begin }
}
