import API
public import Client
public import HTTP
import JSON

/// Takes the response to one attempt at a row.
public struct RowCollector: ResponseCollector {
    private var reply: ReplyCollector<RowReply>
    /// When the attempt began, in seconds of the transport's clock.
    let began: Double
    /// When the last event came.
    private(set) var ended: Double

    /// A collector for an attempt that begins.
    init(_ expectation: ReplyExpectation, now: Double) {
        reply = ReplyCollector(expectation, into: RowReply(), now: now)
        (began, ended) = (now, now)
    }

    /// Why the attempt failed; nil while all is well.
    public var failure: AttemptFailure? { reply.failure }

    /// Whether everything that is wanted has come.
    public var isComplete: Bool { reply.isComplete }

    /// The response's head; nil before it has come.
    public var head: ResponseHead? { reply.head }

    /// Takes the next event.
    public mutating func take(_ event: TransferEvent, now: Double) -> TransferControl {
        ended = now
        return reply.take(event, now: now)
    }

    /// The completion as one document; nil when nothing of one came.
    public var completion: [UInt8]? { reply.sink.content }

    /// What is recorded of the response; nil when none came.
    var response: BatchRecord.Response? {
        guard let head else { return nil }
        let content = completion ?? reply.heldContent ?? []
        return BatchRecord.Response(statusCode: head.status, requestID: head.requestID, content: content)
    }

    /// How many tokens prompt and completion had, by the server's count; nil where it did not say.
    var usage: (prompt: Int, completion: Int)? {
        guard let usage = reply.progress.usage, let prompt = usage["prompt_tokens"]?.integer,
            let completion = usage["completion_tokens"]?.integer, prompt >= 0, completion >= 0
        else { return nil }
        return (prompt, completion)
    }
}
