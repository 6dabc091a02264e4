import API
import HTTP
import Platform

extension Failure {
    /// How the program ends for a reply that did not come.
    static func status(of error: TransportError) -> ExitStatus {
        switch error {
        case .resolve, .connect, .tls: .network
        case .interrupted(_, let afterHead): afterHead ? .server : .network
        case .timeout: .timeout
        case .malformed: .server
        case .local: .local
        case .stopped: .interrupted
        }
    }

    /// A reply that is no answer, in words.
    static func words(of error: ReplyError) -> String {
        switch error {
        case .empty: "the server sent an empty reply"
        case .html(let page):
            "the server sent a web page instead of an answer: \(VisibleText.escape(PlainWords.of(page) ?? "(no words)"))"
        case .unreadable(let reason, let bytes): "the reply is not JSON (\(reason)): \(VisibleText.quote(bytes))"
        case .foreign(let bytes): "the reply is not a completion: \(VisibleText.quote(bytes))"
        case .noChoice(let bytes): "the reply holds no choice: \(VisibleText.quote(bytes))"
        case .cutShort(let chunks):
            "the answer was cut short: the stream ended after \(count(chunks)), before a finish reason"
        case .server(let error): error.message
        }
    }

    /// A reply that did not come, in words.
    static func words(of error: TransportError, _ url: String, _ limits: TimeLimits) -> String {
        switch error {
        case .resolve(let reason), .connect(let reason), .tls(let reason), .malformed(let reason),
            .interrupted(let reason, _):
            "\(url): \(VisibleText.escape(reason))"
        case .timeout(.connect): "\(url): no connection within \(seconds(limits.connect))"
        case .timeout(.idle): "\(url): nothing received for \(seconds(limits.idle))"
        case .timeout(.total): "\(url): no whole answer within \(seconds(limits.total ?? .zero)) (--timeout)"
        case .local(let reason): "libcurl: \(reason)"
        case .stopped: ""
        }
    }

    /// What a server's error is about, in brackets: ` (HTTP 401, wrong_api_key, request ID 98b0...)`.
    static func context(of error: APIError, _ requestID: String?) -> String {
        let parts = [
            "HTTP \(error.status)", error.param.map { "field \($0)" }, error.code, requestID.map { "request ID \($0)" },
        ]
        return " (" + VisibleText.escape(parts.compactMap(\.self).joined(separator: ", ")) + ")"
    }

    /// What to do about a server's error.
    static func advice(on error: APIError) -> String? {
        switch error.status {
        case 401: "check the key in CEREBRAS_API_KEY or --api-key-file"
        case 402: "check the account's billing at https://cloud.cerebras.ai"
        case 403: "the key may lack permission for this model or endpoint"
        case 404: "check --model and --base-url"
        case 429: "wait, then try again; a tight --max-tokens counts less against the token limit"
        default: nil
        }
    }

    /// `1 chunk`, `2 chunks`.
    static func count(_ chunks: Int) -> String {
        chunks == 1 ? "1 chunk" : "\(chunks) chunks"
    }

    private static func seconds(_ duration: Duration) -> String {
        let seconds = duration.inSeconds
        return (Int(exactly: seconds).map { String($0) } ?? seconds.description) + " s"
    }
}
