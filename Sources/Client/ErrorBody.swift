import API
import HTTP

/// The body of a response that is no success. Whatever is wrong with it, the response's status holds.
struct ErrorBody {
    /// No more of it is read, in bytes, since only its message is wanted.
    private static let limit = 1 << 20

    private var content: ContentDecoding?
    private var problem: ContentDecoding.Problem?
    /// What has come of it, decoded.
    private(set) var bytes: [UInt8] = []

    /// The body that comes after a head.
    init(after head: ResponseHead) {
        do throws(ContentDecoding.Problem) {
            content = try ContentDecoding(head["content-encoding"])
        } catch {
            problem = error
        }
    }

    /// Whether more of it would change nothing.
    var saysEnough: Bool { problem != nil || bytes.count >= Self.limit }

    /// Takes the next bytes.
    mutating func take(_ piece: [UInt8]) {
        guard !saysEnough else { return }
        do throws(ContentDecoding.Problem) {
            bytes += try (content?.feed(piece) ?? piece).prefix(Self.limit - bytes.count)
        } catch {
            problem = error
        }
    }

    /// What the response says, by its head and as far as this could be read; called at the body's end, wherever that came.
    func error(_ head: ResponseHead) -> ClientError {
        if (300..<400).contains(head.status) {
            return .redirect(head.status, target: head["location"], requestID: head.requestID)
        }
        let atEnd = bytes.isEmpty ? content?.problemAtEnd() : nil
        let problem = problem ?? atEnd
        let error =
            problem.map { APIError(status: head.status, unreadable: $0.description) }
            ?? APIError(status: head.status, body: bytes)
        let isPage =
            head["content-type"]?.lowercased().hasPrefix("text/html") == true
            || problem == nil && PlainWords.isPage(bytes)
        if isPage, [403, 407, 451, 511].contains(head.status) { return .intercepted(error, requestID: head.requestID) }
        return .refused(error, requestID: head.requestID, limits: head.rateLimits)
    }
}

extension ContentDecoding.Problem: CustomStringConvertible {
    /// A clause about the body.
    public var description: String {
        switch self {
        case .unknown(let name): "its encoding '\(name)' is not supported"
        case .damaged(let reason): "its gzip data is damaged (\(reason))"
        }
    }
}

extension ResponseHead {
    /// The rate limits that the headers state.
    public var rateLimits: [RateLimit] { RateLimit.read(headers.map { ($0.name, $0.value) }) }
}
