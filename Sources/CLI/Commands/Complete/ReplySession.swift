import API
import Flags
import HTTP
import Logprobs
import Platform
import Rendering

/// Takes what the transport brings, and writes the answer.
struct ReplySession: TransferSession {
    private let output: Output
    private let notes: Notes
    private let plan: Plan
    private let isVerbose: Bool
    /// How long a stream may go on after its last finish reason, in seconds.
    private static let drainTime = 2.0
    /// How much of what is rendered waits at most for something of the answer to come.
    private static let heldOutput = 64 << 10
    private static let decodedAtOnce = 64 << 10

    /// Seconds of a clock that only runs forward.
    private let clock: () -> Double
    private let begin: Double
    /// When the last finish reason came, on the same clock; nil while one is awaited.
    private var answered: Double?
    /// When the first chunk of a stream came, and when the reply ended, on the same clock.
    private var firstChunk: Double?
    private var end = 0.0
    private var renderer: any Renderer
    private var decoder: ReplyDecoder
    private var head: ResponseHead?
    private var content: ContentDecoding?
    /// Of a reply that is no success.
    private var errorBody: ErrorBody?
    private var start = BodyStart()
    /// How much has come of a stream that something keeps whole.
    private var keptCount = 0
    /// Rendered and not yet written.
    private var pending: [UInt8] = []
    private var hasWritten = false
    private var record: CompletionRecord
    /// Why there is no whole answer; nil while all is well.
    private(set) var failure: Failure?
    /// What the attempt came to, while nothing of it has been rendered.
    private(set) var cause: AttemptCause?

    /// Before a request's first attempt, or its next.
    init(
        _ plan: Plan, output: Output, notes: Notes, isVerbose: Bool,
        clock: @escaping () -> Double
    ) {
        self.clock = clock
        begin = clock()
        self.plan = plan
        self.output = output
        self.notes = notes
        self.isVerbose = isVerbose
        renderer = plan.format.makeRenderer(plan.context)
        decoder = ReplyDecoder(.server(choices: plan.context.choiceCount))
        record = plan.checks.makeRecord(echoing: EchoedPrompts(plan.request))
    }

    /// Takes the next event.
    mutating func take(_ event: TransferEvent) -> TransferControl {
        switch event {
        case .head(let head): take(head)
        case .body(let bytes): takeBody(bytes)
        case .end: takeEnd()
        case .failure(let error): take(error)
        }
        return control
    }

    /// Whether more is awaited. What holds a stream open whose choices have all ended, as comments do, is not.
    private var control: TransferControl {
        mutating get {
            guard failure == nil, !decoder.isOver else { return .stop }
            guard decoder.hasWholeAnswer else {
                answered = nil
                return .proceed
            }
            let start = answered ?? clock()
            answered = start
            guard clock() >= start + Self.drainTime else { return .proceedUntil(start + Self.drainTime) }
            take(decoder.finish())
            return .stop
        }
    }

    private mutating func take(_ head: ResponseHead) {
        self.head = head
        if isVerbose { VerboseLog.write(head, to: notes) }
        guard isSuccess else {
            errorBody = ErrorBody(after: head)
            return
        }
        do throws(ContentDecoding.Problem) {
            content = try ContentDecoding(head["content-encoding"])
        } catch {
            fail(.encoding(error, start: [], requestID: requestID))
        }
    }

    private mutating func takeBody(_ bytes: [UInt8]) {
        guard isSuccess else { return takeErrorBody(bytes) }
        start.note(bytes)
        do throws(ContentDecoding.Problem) {
            takeContent(try content?.feed(bytes) ?? bytes)
        } catch {
            fail(.encoding(error, start: start.bytes, requestID: requestID))
        }
    }

    private mutating func takeContent(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while failure == nil, let piece = Self.nextPiece(of: &rest) {
            take(decoder.feed(piece))
            if keepsStream { keptCount += piece.count }
            guard !decoder.isOver, heldCount > plan.maxResponseSize.bytes else { continue }
            fail(.tooLarge(plan.maxResponseSize, after: partial, requestID: requestID))
        }
    }

    /// The next bytes to decode, not many at a time, since their events and output take many times their room, and what a
    /// server compressed may be a thousand times as long as what it sent.
    private static func nextPiece(of rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard !rest.isEmpty else { return nil }
        let piece = rest.prefix(decodedAtOnce)
        rest = rest.dropFirst(piece.count)
        return piece
    }

    /// Takes more of an error's body, which may have no end: what is not shown is not waited for.
    private mutating func takeErrorBody(_ bytes: [UInt8]) {
        errorBody?.take(bytes)
        if let head, errorBody?.saysEnough == true { refuse(head) }
    }

    private mutating func takeEnd() {
        guard let head, failure == nil else { return }
        // What came of an error, or after the last finish reason, says enough.
        if isSuccess, !decoder.hasWholeAnswer, let problem = content?.problemAtEnd() {
            return fail(.encoding(problem, start: start.bytes, requestID: requestID))
        }
        if isSuccess { take(decoder.finish()) } else { refuse(head) }
    }

    /// Ends with what a reply says that is no success.
    private mutating func refuse(_ head: ResponseHead) {
        cause = .reply(head)
        fail((errorBody ?? ErrorBody(after: head)).failure(head))
    }

    private mutating func take(_ error: TransportError) {
        if decoder.hasWholeAnswer, error != .stopped || StopSignals.isTimeUp {
            // Every choice has ended; how the connection does is no matter.
            StopSignals.forgetTime()
            take(decoder.finish())
        } else if error == .stopped {
            fail(stopped)
        } else if error == .outputClosed {
            fail(.closedPipe)
        } else if case .interrupted = error, let head, !isSuccess {
            // What the server said says more than that it broke off.
            refuse(head)
        } else {
            if mayRetry { cause = .noReply(error) }
            fail(failure(for: error))
        }
    }

    private func failure(for error: TransportError) -> Failure {
        guard case .interrupted(let reason, true) = error else {
            return .transport(error, url: plan.url, limits: plan.limits, after: partial)
        }
        return decoder.isStream
            ? .streamBroken(reason, after: extent, requestID: requestID)
            : .replyBroken(reason, start: start.bytes, requestID: requestID)
    }

    private mutating func take(_ events: [ReplyEvent]) {
        for event in events where failure == nil {
            switch event {
            case .chunk(let chunk): take(chunk)
            case .end: finish(isWhole: true)
            case .failure(let error): take(error)
            }
        }
        // Until something of the answer has come another attempt may take this one's place.
        if plan.streams, failure == nil, decoder.hasOutput || pending.count > Self.heldOutput { flush() }
    }

    /// Whether another attempt may take this one's place: nothing of the answer has come, and nothing was written.
    private var mayRetry: Bool { !decoder.hasOutput && !hasWritten }

    /// Ends with what a reply with a good status says that is no whole answer.
    private mutating func take(_ error: ReplyError) {
        var error = error
        guard mayRetry else { return fail(.reply(error, requestID: requestID)) }
        if case .empty = error, head?.status == 200 {
            cause = .noReply(.interrupted("The reply was empty", afterHead: true))
            if isAskedStream { error = .cutShort(after: extent, .ended) }
        } else if case .cutShort(_, .ended) = error {
            cause = .noReply(.interrupted("The stream was empty", afterHead: true))
        } else if case .server(let problem) = error, problem.isStatusStated, let head {
            cause = .reply(head.with(status: problem.status))
        }
        fail(.reply(error, requestID: requestID))
    }

    /// Whether a reply of which nothing came was to be a stream: as its head has it, else as it was asked for.
    private var isAskedStream: Bool {
        let type = head?["content-type"]?.lowercased() ?? ""
        if type.hasPrefix("text/event-stream") { return true }
        return plan.streams && !type.hasPrefix("application/json")
    }

    private mutating func take(_ chunk: CompletionChunk) {
        record.note(chunk)
        if decoder.isStream, !chunk.choices.isEmpty { firstChunk = firstChunk ?? clock() }
        renderer.render(chunk, to: &pending)
    }

    private mutating func finish(isWhole: Bool) {
        end = clock()
        renderer.finish(isWhole: isWhole, to: &pending)
        flush()
    }

    /// Notes the first failure. What came of the answer is still written, unless another attempt may bring it.
    private mutating func fail(_ failure: Failure) {
        guard self.failure == nil else { return }
        self.failure = failure
        if extent.chunks > 0, cause == nil { finish(isWhole: false) }
    }

    private mutating func flush() {
        hasWritten = hasWritten || !pending.isEmpty
        do throws(Failure) {
            try output.flush(&pending)
        } catch {
            failure = failure ?? error
        }
    }

    /// What was seen of the answer as a whole.
    var summary: AnswerSummary {
        AnswerSummary(plan.checks, record, decoder.progress, echoing: EchoedPrompts(plan.request))
    }

    /// What the answer took.
    ///
    /// - Parameter payload: what was sent.
    func usageReport(of payload: Payload) -> UsageReport {
        UsageReport(
            usage: decoder.progress.usage, timeInfo: decoder.progress.timeInfo,
            limits: RateLimit.read((head?.headers ?? []).map { ($0.name, $0.value) }), requestID: requestID,
            firstToken: firstChunk.map { $0 - begin }, total: end - begin, payload: payload)
    }

    /// Why a signal or an alarm ended the transfer.
    private var stopped: Failure {
        if case .outOfTime(let limit, _) = StopSignals.failure { return .outOfTime(limit, after: partial) }
        return StopSignals.failure ?? .signal(StopSignals.terminate)
    }

    /// Whether something keeps all that comes of a stream: its format, its expectations, or choices that wait for others.
    private var keepsStream: Bool {
        decoder.isStream
            && (plan.format.keepsReply || !plan.checks.expectations.isEmpty || decoder.progress.hasLaterChoices)
    }

    /// Roughly the bytes of the reply that are held in memory.
    private var heldCount: Int {
        let unasked = max(0, decoder.progress.choices.count - plan.context.choiceCount)
        return decoder.heldCount + keptCount + unasked * ResponseLimit.choice
    }

    /// How much of a stream has come.
    private var extent: StreamExtent { decoder.extent }

    /// The same; nil when it is no stream, or nothing of one has come.
    private var partial: StreamExtent? { decoder.isStream && extent.chunks > 0 ? extent : nil }

    private var isSuccess: Bool { (200..<300).contains(head?.status ?? 0) }

    private var requestID: String? { head?.requestID }
}
