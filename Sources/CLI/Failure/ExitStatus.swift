/// How the program ends, for scripts to act on. The documents' tables are made from it.
public enum ExitStatus: Int32, CaseIterable, Sendable {
    case done = 0
    case local = 1
    case usage = 2
    case key = 3
    case refused = 4
    case server = 5
    case rateLimited = 6
    case network = 7
    case timeout = 8
    case cutShort = 9
    case unexpected = 10
    case incomplete = 11
    case interrupted = 130
    case closedPipe = 141
    case terminated = 143

    /// What it means, in one line.
    public var meaning: String {
        switch self {
        case .done: "success"
        case .local: "a local file or the output failed"
        case .usage: "usage error; nothing was sent or written"
        case .key: "no API key, or the server refused it (401, 402, 403)"
        case .refused: "the server refused the request (other 4xx)"
        case .server: "server error: 5xx, an unreadable response, a redirect (never followed)"
        case .rateLimited: "rate limited (429), or asked to wait longer than --max-retry-wait"
        case .network: "no connection: host name, address or TLS"
        case .timeout: "timeout (also 408)"
        case .cutShort: "truncated response"
        case .unexpected: "a check failed (--expect, --fail-on); for diff, the completions differ"
        case .incomplete: "batch, score: rows failed, or a limit of requests or tokens ended the run"
        case .interrupted: "interrupted (SIGINT)"
        case .closedPipe: "the reader of the output closed it (SIGPIPE)"
        case .terminated: "terminated (SIGTERM)"
        }
    }

    /// Every status and what it means, for the documents.
    static var terms: [(term: String, meaning: String)] { terms(of: allCases) }

    /// These statuses and what they mean, for the documents.
    static func terms(of statuses: [ExitStatus]) -> [(term: String, meaning: String)] {
        statuses.map { (String($0.rawValue), $0.meaning) }
    }

    /// The word for it in error objects.
    public var kind: String {
        switch self {
        case .done: "done"
        case .local: "local"
        case .usage: "usage"
        case .key: "key"
        case .refused: "refused"
        case .server: "server"
        case .rateLimited: "rate_limited"
        case .network: "network"
        case .timeout: "timeout"
        case .cutShort: "cut_short"
        case .unexpected: "unexpected"
        case .incomplete: "incomplete"
        case .interrupted: "interrupted"
        case .closedPipe: "closed_pipe"
        case .terminated: "terminated"
        }
    }

    /// What an HTTP status that is not a success means.
    static func forHTTP(_ status: Int) -> ExitStatus {
        switch status {
        case 401, 402, 403: .key
        case 408: .timeout
        case 429: .rateLimited
        case 400..<500: .refused
        default: .server
        }
    }
}
