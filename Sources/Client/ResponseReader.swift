import API
public import HTTP

/// Reads the head of a response and decodes its body, and says what a response means that is no success: what every
/// collector has in common.
struct ResponseReader {
    /// What an event brings of the content.
    enum Part {
        case nothing
        case content([UInt8])
        /// The response is over, as far as HTTP can tell; the problem that its compression has then, or nil.
        case end(ContentDecoding.Problem?)
        /// The response broke off, or never came.
        case broken(TransportError)
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
    /// - Throws: ``AttemptFailure`` for a response that is no success, and for content that can't be decoded.
    mutating func take(_ event: TransferEvent) throws(AttemptFailure) -> Part {
        switch event {
        case .head(let head):
            try take(head)
            return .nothing
        case .body(let bytes): return try take(bytes)
        case .end:
            if let head, !head.isSuccess { throw refusal(head) }
            return .end(content?.problemAtEnd())
        case .failure(let error): return .broken(error)
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
            throw failure(error)
        }
    }

    /// The failure for content that can't be decoded.
    func failure(_ problem: ContentDecoding.Problem) -> AttemptFailure {
        AttemptFailure(.content(problem, start: start, requestID: requestID))
    }

    /// The failure for a response that broke off, or never came.
    ///
    /// - Parameter stream: how much of a stream had come; nil when the content is none.
    func failure(_ error: TransportError, after stream: StreamExtent?) -> AttemptFailure {
        let partial = stream.flatMap { $0.chunks > 0 ? $0 : nil }
        switch error {
        case .stopped: return AttemptFailure(.stopped(after: partial))
        case .outputClosed: return AttemptFailure(.outputClosed)
        case .interrupted(let reason, let afterHead):
            // What the server said says more than that it broke off.
            if let head, !head.isSuccess { return refusal(head) }
            guard afterHead else { break }
            let broken: ClientError =
                stream.map { .streamBroken(reason, after: $0, requestID: requestID) }
                ?? .responseBroken(reason, start: start, requestID: requestID)
            return AttemptFailure(broken, cause: .noResponse(error))
        default: break
        }
        return AttemptFailure(
            .transport(error, url: url, limits: limits, after: partial), cause: .noResponse(error))
    }

    /// What a response says that is no success.
    private func refusal(_ head: ResponseHead) -> AttemptFailure {
        AttemptFailure((errorBody ?? ErrorBody(after: head)).error(head), cause: .response(head))
    }
}

extension ResponseHead {
    /// The response's ID, by the API's header or the one of other servers.
    public var requestID: String? { self["x-request-id"] ?? self["inference-id"] }

    /// Whether the status means success.
    var isSuccess: Bool { (200..<300).contains(status) }
}
