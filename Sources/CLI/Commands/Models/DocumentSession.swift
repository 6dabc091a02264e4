import Flags
import HTTP
import Platform

/// Takes a reply that is one document, whole.
struct DocumentSession: TransferSession {
    private let request: HTTPRequest
    private let limits: TimeLimits
    private let maxSize: ByteCount
    private let notes: Notes
    private let isVerbose: Bool
    private var head: ResponseHead?
    private var content: ContentDecoding?
    /// Of a reply that is no success.
    private var errorBody: ErrorBody?
    private var start = BodyStart()
    /// The document, as far as it has come.
    private(set) var body: [UInt8] = []
    private(set) var failure: Failure?
    private(set) var cause: AttemptCause?

    init(_ request: HTTPRequest, limits: TimeLimits, maxSize: ByteCount, notes: Notes, isVerbose: Bool) {
        self.request = request
        self.limits = limits
        self.maxSize = maxSize
        self.notes = notes
        self.isVerbose = isVerbose
    }

    mutating func take(_ event: TransferEvent) -> TransferControl {
        do throws(ContentDecoding.Problem) {
            switch event {
            case .head(let head):
                self.head = head
                if isVerbose { VerboseLog.write(head, to: notes) }
                guard isSuccess else {
                    errorBody = ErrorBody(after: head)
                    break
                }
                content = try ContentDecoding(head["content-encoding"])
            case .body(let bytes) where !isSuccess: takeErrorBody(bytes)
            case .body(let bytes):
                start.note(bytes)
                takeContent(try content?.feed(bytes) ?? bytes)
            case .end:
                if let problem = content?.problemAtEnd() { throw problem }
                takeEnd()
            case .failure(let error): take(error)
            }
        } catch {
            failure = .encoding(error, start: start.bytes, requestID: head?.requestID)
        }
        return failure == nil ? .proceed : .stop
    }

    private mutating func takeContent(_ bytes: [UInt8]) {
        body += bytes
        if body.count > maxSize.bytes { failure = .tooLarge(maxSize, requestID: head?.requestID) }
    }

    /// Takes more of an error's body, which may have no end: what is not shown is not waited for.
    private mutating func takeErrorBody(_ bytes: [UInt8]) {
        errorBody?.take(bytes)
        if errorBody?.saysEnough == true { takeEnd() }
    }

    private var isSuccess: Bool { (200..<300).contains(head?.status ?? 0) }

    private mutating func takeEnd() {
        guard let head, !isSuccess else { return }
        cause = .reply(head)
        failure = (errorBody ?? ErrorBody(after: head)).failure(head)
    }

    private mutating func take(_ error: TransportError) {
        guard error != .stopped else {
            failure = StopSignals.failure ?? .signal(StopSignals.terminate)
            return
        }
        guard error != .outputClosed else {
            failure = .closedPipe
            return
        }
        if case .interrupted = error, head != nil, !isSuccess { return takeEnd() }
        cause = .noReply(error)
        if case .interrupted(let reason, true) = error {
            failure = .replyBroken(reason, start: start.bytes, requestID: head?.requestID)
        } else {
            failure = .transport(error, url: request.url, limits: limits)
        }
    }
}
