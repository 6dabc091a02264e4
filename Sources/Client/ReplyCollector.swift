public import API
public import HTTP

/// Collects the events of one response as a completion, whole or streamed, and hands them to a sink as they come. It does no
/// I/O of its own.
public struct ReplyCollector<Sink: ReplySink>: ResponseCollector {
    /// How long a stream may go on after its last finish reason, in seconds.
    private static var drainTime: Double { 2 }
    /// What is decoded at once, in bytes, since events and output take many times their room, and what a server compressed
    /// may be a thousand times as long as what it sent.
    private static var pieceLength: Int { 64 << 10 }

    /// What becomes of the events.
    public private(set) var sink: Sink
    /// Why the attempt failed; nil while all is well.
    public private(set) var failure: AttemptFailure?
    /// What the attempt took.
    public private(set) var timing: ReplyTiming
    private let expectation: ReplyExpectation
    private var reader: ResponseReader
    private var decoder: ReplyDecoder
    /// When the last finish reason came; nil while one is awaited.
    private var completed: Double?
    /// How much has come of a stream that the sink keeps whole.
    private var keptCount = 0

    /// A collector for an attempt that begins.
    ///
    /// - Parameter now: seconds of the transport's clock.
    public init(_ expectation: ReplyExpectation, into sink: Sink, now: Double) {
        self.expectation = expectation
        self.sink = sink
        timing = ReplyTiming(begin: now)
        reader = ResponseReader(url: expectation.url, limits: expectation.limits)
        decoder = ReplyDecoder(.server(choices: expectation.choiceCount))
    }

    /// The response's head; nil before it has come.
    public var head: ResponseHead? { reader.head }

    /// What the server sent, decoded, as far as it is held: of a response that is no success up to a MiB, of a whole response that
    /// is no completion all; nil of a stream.
    public var heldContent: [UInt8]? { reader.errorContent ?? decoder.heldDocument }

    /// Whether everything that is wanted has come, so that how the response ends is no matter.
    public var isComplete: Bool { decoder.hasWholeAnswer }

    /// What the response has shown so far of its choices and of itself.
    public var progress: ReplyProgress { decoder.progress }

    /// Takes the next event.
    ///
    /// - Parameter now: seconds of the transport's clock.
    public mutating func take(_ event: TransferEvent, now: Double) -> TransferControl {
        read(event, now)
        switch event {
        case .head, .body: return control(now)
        case .end, .failure: return .stop
        }
    }

    /// Whether more is awaited. What holds a stream open whose choices have all ended, as comments do, is not.
    private mutating func control(_ now: Double) -> TransferControl {
        guard failure == nil, !sink.isClosed else { return .stop }
        // What ends a stream may come before the end of the response, after which its connection can be used again.
        guard !decoder.isOver else { return .drain }
        guard decoder.hasWholeAnswer else {
            completed = nil
            return .proceed
        }
        let start = completed ?? now
        completed = start
        guard now >= start + Self.drainTime else { return .proceedUntil(start + Self.drainTime) }
        take(decoder.finish(), now)
        return .stop
    }

    private mutating func read(_ event: TransferEvent, _ now: Double) {
        guard failure == nil else { return }
        do throws(AttemptFailure) {
            switch try reader.take(event) {
            case .nothing: break
            case .content(let bytes): take(bytes, now)
            case .end(let problem):
                if let problem, !isComplete { throw reader.failure(problem) }
                take(decoder.finish(), now)
            case .broken(let error):
                // When everything has come, how the connection ends is no matter.
                guard isComplete, error != .stopped else {
                    throw reader.failure(error, after: decoder.isStream ? decoder.extent : nil)
                }
                take(decoder.finish(), now)
            }
        } catch {
            fail(error, now)
        }
    }

    private mutating func take(_ bytes: [UInt8], _ now: Double) {
        var rest = bytes[...]
        while failure == nil, !sink.isClosed, !rest.isEmpty {
            let piece = rest.prefix(Self.pieceLength)
            rest = rest.dropFirst(piece.count)
            take(decoder.feed(piece), now)
            if decoder.isStream, sink.keepsStream(decoder.progress) { keptCount += piece.count }
            guard !decoder.isOver, heldCount > expectation.maxSize else { continue }
            let extent = decoder.isStream && decoder.extent.chunks > 0 ? decoder.extent : nil
            fail(
                AttemptFailure(.tooLarge(limit: expectation.maxSize, after: extent, requestID: reader.requestID)), now)
        }
    }

    private mutating func take(_ events: [ReplyEvent], _ now: Double) {
        for event in events where failure == nil && !sink.isClosed {
            switch event {
            case .chunk(let chunk):
                if decoder.isStream, !chunk.choices.isEmpty { timing.noteChunk(now) }
                sink.take(chunk)
            case .end:
                timing.end = now
                sink.finish(isWhole: true, decoder.progress)
            case .failure(let error): take(error, now)
            }
        }
        if failure == nil, !sink.isClosed { sink.pause(hasOutput: decoder.hasOutput) }
    }

    /// Ends with what a response with a good status says that is no whole completion.
    private mutating func take(_ error: ReplyError, _ now: Double) {
        var error = error
        var cause: AttemptCause?
        if case .empty = error, head?.status == 200 {
            cause = .noResponse(.interrupted("Empty response", afterHead: true))
            if mayRestart, isAskedStream { error = .cutShort(after: decoder.extent, .ended) }
        } else if case .cutShort(_, .ended) = error {
            cause = .noResponse(.interrupted("Empty stream", afterHead: true))
        } else if case .server(let problem) = error, problem.isStatusStated, let head {
            cause = .response(head.with(status: problem.status))
        }
        fail(AttemptFailure(.reply(error, requestID: reader.requestID), cause: cause), now)
    }

    /// Notes the first failure. What came of the completion is still finished, unless another attempt may bring it.
    private mutating func fail(_ failure: AttemptFailure, _ now: Double) {
        guard self.failure == nil else { return }
        let cause = mayRestart ? failure.cause : nil
        self.failure = AttemptFailure(failure.error, cause: cause)
        guard decoder.extent.chunks > 0, cause == nil else { return }
        timing.end = now
        sink.finish(isWhole: false, decoder.progress)
    }

    /// Whether another attempt may take this one's place.
    private var mayRestart: Bool { sink.mayRestart(hasOutput: decoder.hasOutput) }

    /// Whether a response of which nothing came was to be a stream: as its head has it, else as it was requested.
    private var isAskedStream: Bool {
        let type = head?["content-type"]?.lowercased() ?? ""
        if type.hasPrefix("text/event-stream") { return true }
        return expectation.streams && !type.hasPrefix("application/json")
    }

    /// Roughly the bytes of the response that are held in memory. A choice that was not requested takes its place in the tables.
    private var heldCount: Int {
        let unasked = max(0, decoder.progress.choices.count - expectation.choiceCount)
        return decoder.heldCount + keptCount + unasked << 10
    }
}
