import API
import Client
import Flags
import JSON
import Platform

extension ClientError {
    /// How the program ends, and what is reported of it.
    var explanation: Explanation {
        switch self {
        case .messagePack(let error): Explanation(.local, "--encoding msgpack: \(Self.describe(error))")
        case .gzip: Explanation(.local, "gzip: out of memory")
        case .refused(let error, let requestID, let limits):
            Explanation(.forHTTP(error.status), error.line(requestID, limits), hint: error.advice(limits))
        case .intercepted(let error, let requestID):
            Explanation(
                .forHTTP(error.status), "a proxy or firewall responded: \(error.line(requestID))",
                hint: APIError.interceptionAdvice(error.status))
        case .redirect(let status, let target, _):
            Explanation(
                .server,
                "the server redirects to \(target.map { "\(quoted: $0)" } ?? "nowhere") (HTTP \(status)); redirects are not followed",
                hint: target.map { _ in "if that is the right server, name it with --base-url" })
        case .reply(.server(let error), let requestID):
            Explanation(.forHTTP(error.status), error.line(requestID), hint: error.advice([]))
        case .reply(let error, _): Explanation(error.status, error.description)
        case .transport(let error, let url, let limits, let extent):
            error.explanation(extent == nil ? "\(plain: url): " : "\(cutShortAfter: extent)", limits)
        case .streamBroken(let reason, let extent, _):
            Explanation(.cutShort, "\(cutShortAfter: extent)\(plain: reason)")
        case .responseBroken(let reason, let start, _):
            Explanation(.server, "connection lost during the response (\(plain: reason)): \(quoted: start)")
        case .content(let problem, let start, _): Explanation(.server, Self.describe(problem, start))
        case .tooLarge(let limit, let extent, _):
            Explanation(
                .server,
                "\(cutShortAfter: extent)the response is larger than \(ByteCount(limit)) (--max-response-size)",
                hint: "allow more with --max-response-size")
        case .retryAfterExceedsLimit(let wait, let limit, let error):
            Explanation(
                .rateLimited,
                "\(error.explanation.message); the server asks to wait \(seconds: wait), longer than --max-retry-wait \(seconds: limit)",
                hint: "try again later, or allow the wait with --max-retry-wait")
        case .stopped: Explanation(.terminated, "")
        case .outputClosed: Explanation(.closedPipe, "")
        }
    }

    private static func describe(_ error: MessagePackError) -> Message {
        if case .number(let digits) = error { return "the number \(plain: digits) can't be encoded" }
        if error == .loneSurrogate { return "half a surrogate pair can't be encoded" }
        return "the body is too long"
    }

    private static func describe(_ problem: ContentDecoding.Problem, _ start: [UInt8]) -> Message {
        switch problem {
        case .unknown(let name):
            "the response has the unsupported encoding \(quoted: name.utf8)"
        case .damaged(let reason): "the response's gzip data is damaged (\(own: reason)): \(quoted: start)"
        }
    }
}
