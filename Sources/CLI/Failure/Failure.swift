import API
import Flags
import HTTP
import Platform

/// Everything that ends the program other than well.
enum Failure: Error {
    /// The command line.
    case usage(UsageError)
    /// A file that can't be read or written, or an output: what it is, and why.
    case local(Message, reason: Message)
    /// Memory that the system does not give, in bytes.
    case outOfMemory(Int)
    /// The key: missing, or not one.
    case key(Message)
    /// The program that was to print the key: what it is, and what became of it.
    case keyCommand(Message, problem: Message)
    /// An error the server reported; the request's ID and the rate limits if it told them.
    case api(APIError, requestID: String?, limits: [RateLimit] = [])
    /// A web page that something on the way answers with in the server's place; the request's ID if it told one.
    case intercepted(APIError, requestID: String?)
    /// The server asks for a longer wait before a retry than the user allows; what it had failed with.
    case longWait(Duration, limit: Duration, failure: Message)
    /// A reply that is no answer, or not a whole one.
    case reply(ReplyError, requestID: String?)
    /// A saved reply that is no answer, or not a whole one; what was read.
    case saved(Message, ReplyError)
    /// A redirect: the status and the target.
    case redirect(Int, target: String?, requestID: String?)
    /// No reply: why, and whom it was asked from; after how much of a stream, when some of one had come.
    case transport(TransportError, url: String, limits: TimeLimits, after: StreamExtent? = nil)
    /// The connection broke while a stream came: why, and after how much of it.
    case streamBroken(String, after: StreamExtent, requestID: String?)
    /// The connection broke while a whole reply came: why, and its first bytes.
    case replyBroken(String, start: [UInt8], requestID: String?)
    /// A reply whose content can't be decoded; its first bytes.
    case encoding(ContentDecoding.Problem, start: [UInt8], requestID: String?)
    /// A response that would take more memory than it may; after how much of a stream, when some of one had come.
    case tooLarge(ByteCount, after: StreamExtent? = nil, requestID: String?)
    /// JSON that lists no models; its first bytes.
    case notModels([UInt8])
    /// The answer is whole, but not what the user wants to take.
    case unexpected(Message)
    /// The whole command took longer than it may; how much of a stream came in that time, when some of one did.
    case outOfTime(Duration, after: StreamExtent? = nil)
    /// Whoever read the output went away.
    case closedPipe
    /// A signal asked the program to end.
    case signal(Int32)

    /// How the program ends.
    var status: ExitStatus {
        switch self {
        case .usage: .usage
        case .local, .outOfMemory: .local
        case .key, .keyCommand: .key
        case .api(let error, _, _), .intercepted(let error, _), .reply(.server(let error), _),
            .saved(_, .server(let error)):
            .forHTTP(error.status)
        case .longWait: .rateLimited
        case .reply(.cutShort, _), .saved(_, .cutShort), .streamBroken: .cutShort
        case .saved(_, .multipleReplies), .saved(_, .empty): .local
        case .reply, .saved, .redirect, .replyBroken, .encoding, .tooLarge, .notModels: .server
        case .unexpected: .unexpected
        case .outOfTime: .timeout
        case .transport(let error, _, _, _): Self.status(of: error)
        case .closedPipe: .closedPipe
        case .signal(let number): number == StopSignals.interrupt ? .interrupted : .terminated
        }
    }

    /// One line without the program's name; empty when nothing is to be said.
    var message: Message {
        switch self {
        case .usage(let error): error.message
        case .local(let label, let reason): "\(label): \(reason)"
        case .outOfMemory(let size): "out of memory: \(size) more bytes can't be allocated"
        case .key(let problem): problem
        case .keyCommand(let command, let problem): "\(command) \(problem)"
        case .api(let error, let requestID, let limits):
            "\(plain: error.message, limit: error.messageLimit)\(Self.context(of: error, requestID, limits))"
        case .reply(.server(let error), let requestID):
            "\(plain: error.message, limit: error.messageLimit)\(Self.context(of: error, requestID))"
        case .intercepted(let error, let requestID):
            "a proxy or firewall answered: \(plain: error.message, limit: error.messageLimit)\(Self.context(of: error, requestID))"
        case .reply(let error, _): Self.words(of: error)
        case .saved(let label, let error): "\(label): \(Self.words(ofSaved: error))"
        case .redirect(let status, let target, _):
            "the server redirects to \(target.map { "\(quoted: $0)" } ?? "nowhere") (HTTP \(status)), which is not followed"
        case .transport(let error, let url, let limits, let extent):
            Self.words(of: error, extent == nil ? "\(plain: url): " : Self.cutShort(after: extent), limits)
        case .longWait(let wait, let limit, let failure):
            "\(failure); the server asks to wait \(Self.seconds(wait)), longer than --max-retry-wait \(Self.seconds(limit))"
        case .streamBroken(let reason, let extent, _):
            "\(Self.cutShort(after: extent))\(plain: reason)"
        case .replyBroken(let reason, let start, _):
            "the reply broke off (\(plain: reason)): \(quoted: start)"
        case .notModels(let body): "the response is not a list of models: \(quoted: body)"
        case .encoding(let problem, let start, _): Self.words(of: problem, start)
        case .tooLarge(let limit, let extent, _):
            Self.cutShort(after: extent)
                + "the response is too large: more than \(limit) of it would be held in memory (--max-response-size)"
        case .unexpected(let problem): problem
        case .outOfTime(let limit, let extent):
            "\(Self.cutShort(after: extent))no whole answer within \(Self.seconds(limit)) (--timeout)"
        case .closedPipe, .signal: ""
        }
    }

    /// One line of advice; nil when there is none.
    var hint: Message? {
        switch self {
        case .usage(let error): error.hint
        case .key: "get a key at https://cloud.cerebras.ai, then: export CEREBRAS_API_KEY=... (or --api-key-file FILE)"
        case .api(let error, _, let limits): Self.advice(on: error, limits)
        case .reply(.server(let error), _): Self.advice(on: error, [])
        case .intercepted(let error, _): Self.advice(onInterception: error.status)
        case .transport(let error, _, _, _): Self.advice(on: error)
        case .redirect(_, .some, _): "if that is the right server, name it with --base-url"
        case .longWait: "come back later, or allow the wait with --max-retry-wait"
        case .tooLarge: "allow more with --max-response-size"
        case .outOfTime: "give it longer with --timeout"
        default: nil
        }
    }

    /// The ID to tell the server's owners; nil when none came.
    var requestID: String? {
        switch self {
        case .api(_, let id, _), .intercepted(_, let id), .reply(_, let id), .redirect(_, _, let id),
            .streamBroken(_, _, let id), .replyBroken(_, _, let id), .encoding(_, _, let id), .tooLarge(_, _, let id):
            id
        default: nil
        }
    }

    /// The server's own error; nil when it reported none.
    var apiError: APIError? {
        switch self {
        case .api(let error, _, _), .intercepted(let error, _), .reply(.server(let error), _),
            .saved(_, .server(let error)), .reply(.cutShort(_, .error(let error)), _),
            .saved(_, .cutShort(_, .error(let error))):
            error
        default: nil
        }
    }
}
