import API
import HTTP
import Platform
import Rendering

/// Takes what the transport brings, and writes the answer.
struct ReplySession {
    /// Of an error's body no more is kept.
    private static let errorBodyLimit = 1 << 20

    private let output: Output
    private let notes: Notes
    private let plan: Plan
    private let isVerbose: Bool
    private var renderer: any Renderer
    private var decoder = ReplyDecoder()
    private var head: ResponseHead?
    private var errorBody: [UInt8] = []
    /// Rendered and not yet written.
    private var pending: [UInt8] = []
    /// What was seen of the answer as a whole.
    private(set) var summary = AnswerSummary()
    /// Why there is no whole answer; nil while all is well.
    private(set) var failure: Failure?

    init(_ plan: Plan, output: Output, notes: Notes, isVerbose: Bool) {
        self.plan = plan
        self.output = output
        self.notes = notes
        self.isVerbose = isVerbose
        renderer = plan.format.makeRenderer(plan.context)
    }

    /// Takes the next event.
    mutating func take(_ event: TransferEvent) -> TransferControl {
        switch event {
        case .head(let head): take(head)
        case .body(let bytes): takeBody(bytes)
        case .end: takeEnd()
        case .failure(let error): take(error)
        }
        return failure != nil || decoder.isOver ? .stop : .proceed
    }

    private mutating func take(_ head: ResponseHead) {
        self.head = head
        if isVerbose { HeadLines.tell(head, to: notes) }
    }

    private mutating func takeBody(_ bytes: [UInt8]) {
        if isSuccess {
            take(decoder.feed(bytes[...]))
        } else {
            errorBody += bytes.prefix(Self.errorBodyLimit - errorBody.count)
        }
    }

    private mutating func takeEnd() {
        guard let head else { return }
        if isSuccess {
            take(decoder.finish())
        } else if (300..<400).contains(head.status) {
            fail(.redirect(head.status, target: head["location"], requestID: requestID))
        } else {
            fail(.api(APIError(status: head.status, body: errorBody), requestID: requestID))
        }
    }

    private mutating func take(_ error: TransportError) {
        if error == .stopped {
            fail(.signal(StopSignals.received ?? SIGTERM))
        } else if decoder.hasWholeAnswer {
            // Every choice has ended; how the connection does is no matter.
            take(decoder.finish())
        } else if case .interrupted = error, let head, !isSuccess, !errorBody.isEmpty {
            // What came of the error says more than that it broke off.
            fail(.api(APIError(status: head.status, body: errorBody), requestID: requestID))
        } else if case .interrupted(let reason, true) = error, decoder.isStream {
            fail(.streamBroken(reason, chunks: summary.chunks, requestID: requestID))
        } else {
            fail(.transport(error, url: plan.url, limits: plan.limits))
        }
    }

    private mutating func take(_ events: [ReplyEvent]) {
        for event in events where failure == nil {
            switch event {
            case .chunk(let chunk): take(chunk)
            case .end: finish(isWhole: true)
            case .failure(let error): fail(.reply(error, requestID: requestID))
            }
        }
        if plan.streams, failure == nil { flush() }
    }

    private mutating func take(_ chunk: CompletionChunk) {
        summary.note(chunk)
        renderer.render(chunk, to: &pending)
    }

    private mutating func finish(isWhole: Bool) {
        renderer.finish(isWhole: isWhole, to: &pending)
        flush()
    }

    /// Notes the first failure. Of a stream, what came is still written; of a whole answer nothing is.
    private mutating func fail(_ failure: Failure) {
        guard self.failure == nil else { return }
        self.failure = failure
        if plan.streams, summary.chunks > 0 { finish(isWhole: false) }
    }

    private mutating func flush() {
        do throws(Failure) {
            try output.flush(&pending)
        } catch {
            failure = failure ?? error
        }
    }

    private var isSuccess: Bool { (200..<300).contains(head?.status ?? 0) }

    /// The reply's ID, by the API's header or the one of other servers.
    private var requestID: String? { head?["x-request-id"] ?? head?["inference-id"] }
}
