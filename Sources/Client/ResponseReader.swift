import API
public import HTTP

/// Reads the head of a response and decodes its body, and says what a response means that is no success: what every
/// collector has in common.
struct ResponseReader {
    /// What an event brings of the content.
    enum Part {
        case nothing
        case content([UInt8])
        case end
    }

    /// How far the content had come by the time of an event.
    struct Progress {
        /// Whether everything that is wanted has come.
        var isComplete = false
        /// How much of a stream has come; nil when the content is none.
        var stream: StreamExtent?

        /// The same; nil as well when nothing of it has come.
        var partial: StreamExtent? { stream.flatMap { $0.chunks > 0 ? $0 : nil } }
    }

    private static let startLength = 400

    private let url: String
    private let limits: TimeLimits
    private(set) var head: ResponseHead?
    private var content: ContentDecoding?
    /// Of a response that is no success.
    private var errorBody: ErrorBody?
    /// The body's first bytes as received, for messages.
    private var start: [UInt8] = []

    /// - Parameters:
    ///   - url: the request's, for messages.
    ///   - limits: the request's, for messages.
    init(url: String, limits: TimeLimits) {
        self.url = url
        self.limits = limits
    }

    /// The response's ID; nil when it has none, or has not come.
    var requestID: String? { head?.requestID }

    /// What has come of a response that is no success, decoded; nil of any other.
    var errorContent: [UInt8]? { errorBody?.bytes }

    /// Takes the next event.
    ///
    /// - Throws: ``AttemptFailure`` when it tells that there will be no content, or no more.
    mutating func take(_ event: TransferEvent, after progress: Progress) throws(AttemptFailure) -> Part {
        switch event {
        case .head(let head):
            try take(head)
            return .nothing
        case .body(let bytes): return try take(bytes)
        case .end:
            try takeEnd(progress)
            return .end
        case .failure(let error):
            // When everything has come, how the connection ends is no matter.
            if progress.isComplete, error != .stopped { return .end }
            throw failure(error, progress)
        }
    }

    private mutating func take(_ head: ResponseHead) throws(AttemptFailure) {
        self.head = head
        guard head.isSuccess else {
            errorBody = ErrorBody(after: head)
            return
        }
        do throws(ContentDecoding.Problem) {
            content = try ContentDecoding(head["content-encoding"])
        } catch {
            throw AttemptFailure(.content(error, start: [], requestID: requestID))
        }
    }

    private mutating func take(_ bytes: [UInt8]) throws(AttemptFailure) -> Part {
        if let head, !head.isSuccess {
            errorBody?.take(bytes)
            // An error's body may have no end: what is not shown is not waited for.
            if errorBody?.saysEnough == true { throw refusal(head) }
            return .nothing
        }
        start += bytes.prefix(Self.startLength - start.count)
        do throws(ContentDecoding.Problem) {
            return .content(try content?.feed(bytes) ?? bytes)
        } catch {
            throw AttemptFailure(.content(error, start: start, requestID: requestID))
        }
    }

    private func takeEnd(_ progress: Progress) throws(AttemptFailure) {
        if let head, !head.isSuccess { throw refusal(head) }
        if !progress.isComplete, let problem = content?.problemAtEnd() {
            throw AttemptFailure(.content(problem, start: start, requestID: requestID))
        }
    }

    private func failure(_ error: TransportError, _ progress: Progress) -> AttemptFailure {
        switch error {
        case .stopped: return AttemptFailure(.stopped(after: progress.partial))
        case .outputClosed: return AttemptFailure(.outputClosed)
        case .interrupted(let reason, let afterHead):
            // What the server said says more than that it broke off.
            if let head, !head.isSuccess { return refusal(head) }
            guard afterHead else { break }
            let broken: ClientError =
                progress.stream.map { .streamBroken(reason, after: $0, requestID: requestID) }
                ?? .responseBroken(reason, start: start, requestID: requestID)
            return AttemptFailure(broken, cause: .noResponse(error))
        default: break
        }
        return AttemptFailure(
            .transport(error, url: url, limits: limits, after: progress.partial), cause: .noResponse(error))
    }

    /// What a response says that is no success.
    private func refusal(_ head: ResponseHead) -> AttemptFailure {
        AttemptFailure((errorBody ?? ErrorBody(after: head)).error(head), cause: .response(head))
    }
}

extension ResponseHead {
    /// The response's ID, by the API's header or the one of other servers.
    public var requestID: String? { self["x-request-id"] ?? self["inference-id"] }

    /// Whether the status tells of success.
    var isSuccess: Bool { (200..<300).contains(status) }
}
