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
                if isVerbose { HeadLines.tell(head, to: notes) }
                content = try ContentDecoding(head["content-encoding"])
            case .body(let bytes):
                start.note(bytes)
                takeBody(try content?.feed(bytes) ?? bytes)
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

    private mutating func takeBody(_ bytes: [UInt8]) {
        if isSuccess {
            body += bytes
            if body.count > maxSize.bytes { failure = .tooLarge(maxSize, requestID: head?.requestID) }
        } else {
            body += bytes.prefix(ResponseLimit.errorBody - body.count)
            if body.count == ResponseLimit.errorBody { takeEnd() }
        }
    }

    private var isSuccess: Bool { (200..<300).contains(head?.status ?? 0) }

    private mutating func takeEnd() {
        guard let head, !isSuccess else { return }
        cause = .reply(head)
        failure = .refused(by: head, body)
    }

    private mutating func take(_ error: TransportError) {
        guard error != .stopped else {
            failure = StopSignals.failure ?? .signal(SIGTERM)
            return
        }
        cause = .noReply(error)
        if case .interrupted(let reason, true) = error {
            failure = .replyBroken(reason, start: start.bytes, requestID: head?.requestID)
        } else {
            failure = .transport(error, url: request.url, limits: limits)
        }
    }
}
