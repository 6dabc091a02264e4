public import API
public import HTTP
public import JSON

/// Why a request came to no completion or document.
public indirect enum ClientError: Error, Sendable {
    /// The body has no form in MessagePack.
    case messagePack(MessagePackError)
    /// There was no memory to compress the body in.
    case gzip
    /// An error the server reported; the request's ID and the rate limits if it sent them.
    case refused(APIError, requestID: String?, limits: [RateLimit] = [])
    /// A web page that something on the way sends in the server's place; the request's ID if it has one.
    case intercepted(APIError, requestID: String?)
    /// A redirect: the status and the target.
    case redirect(Int, target: String?, requestID: String?)
    /// A response with a good status that is no completion, or not a whole one.
    case reply(ReplyError, requestID: String?)
    /// No response: why, and from which URL; after how much of a stream, when some of one had come.
    case transport(TransportError, url: String, limits: TimeLimits, after: StreamExtent? = nil)
    /// The connection broke while a stream came: why, and after how much of it.
    case streamBroken(String, after: StreamExtent, requestID: String?)
    /// The connection broke while a whole response came: why, and its first bytes.
    case responseBroken(String, start: [UInt8], requestID: String?)
    /// A response whose content can't be decoded; its first bytes.
    case content(ContentDecoding.Problem, start: [UInt8], requestID: String?)
    /// A response that would take more memory than these bytes; after how much of a stream, when some of one had come.
    case tooLarge(limit: Int, after: StreamExtent? = nil, requestID: String?)
    /// The server asks for a longer wait before a retry than the policy allows; what the attempt had failed with.
    case retryAfterExceedsLimit(Duration, limit: Duration, after: ClientError)
    /// The program was asked to stop; after how much of a stream, when some of one had come.
    case stopped(after: StreamExtent? = nil)
    /// Nobody reads the output any more.
    case outputClosed

    /// The ID to report to the server's owners; nil when none came.
    public var requestID: String? {
        switch self {
        case .refused(_, let id, _), .intercepted(_, let id), .reply(_, let id), .redirect(_, _, let id),
            .streamBroken(_, _, let id), .responseBroken(_, _, let id), .content(_, _, let id), .tooLarge(_, _, let id):
            id
        case .messagePack, .gzip, .transport, .retryAfterExceedsLimit, .stopped, .outputClosed: nil
        }
    }

    /// The server's own error; nil when it reported none.
    public var apiError: APIError? {
        switch self {
        case .refused(let error, _, _), .intercepted(let error, _), .reply(.server(let error), _),
            .reply(.cutShort(_, .error(let error)), _):
            error
        default: nil
        }
    }
}
