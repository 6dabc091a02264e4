import API
import Client
import Evaluation
import Flags
import Platform

/// Everything that ends the program other than well. It is indirect, since valgrind takes the unused bits of a large payload,
/// where the compiler keeps the case, for uninitialized ones.
indirect enum Failure: Error {
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
    /// A request that came to no completion or document.
    case request(ClientError)
    /// A saved response that is not a complete completion: the file, and why.
    case saved(Message, ReplyError)
    /// A row of a result file that failed: what it is, how the request had ended, and why.
    case row(Message, ExitStatus, reason: Message)
    /// JSON that lists no models; its first bytes.
    case notModels([UInt8])
    /// Complete responses that no score can be taken from.
    case unscored(ScoreProblem)
    /// A complete response that fails a check of the user's.
    case unexpected(Message)
    /// Rows of a batch that failed or were left; what to do about it, nil for nothing.
    case incomplete(Message, hint: Message?)
    /// The whole command took longer than it may; how much of a stream came in that time, when some of one did.
    case outOfTime(Duration, after: StreamExtent? = nil)
    /// Whoever read the output went away.
    case closedPipe
    /// A signal asked the program to end.
    case signal(Int32)

    /// A request that failed. What stopped it is a failure of the whole command.
    init(_ error: ClientError) {
        switch error {
        case .outputClosed: self = .closedPipe
        case .stopped(let extent):
            if case .outOfTime(let limit, _) = StopSignals.failure {
                self = .outOfTime(limit, after: extent)
            } else {
                self = StopSignals.failure ?? .signal(StopSignals.terminate)
            }
        default: self = .request(error)
        }
    }

    /// The exit status, the message and the hint.
    var explanation: Explanation {
        switch self {
        case .usage(let error): Explanation(.usage, error.message, hint: error.hint)
        case .local(let label, let reason): Explanation(.local, "\(label): \(reason)")
        case .outOfMemory(let size): Explanation(.local, "out of memory: \(size) more bytes can't be allocated")
        case .key(let problem):
            Explanation(
                .key, problem,
                hint:
                    "get a key at https://cloud.cerebras.ai, then: export CEREBRAS_API_KEY=... (or --api-key-file FILE)"
            )
        case .keyCommand(let command, let problem): Explanation(.key, "\(command) \(problem)")
        case .request(let error): error.explanation
        case .saved(let label, let error): error.explanation(ofSaved: label)
        case .row(let label, let status, let reason): Explanation(status, "\(label): \(reason)")
        case .notModels(let body): Explanation(.server, "the response is not a list of models: \(quoted: body)")
        case .unscored(let problem): Explanation(.server, problem.message, hint: problem.advice)
        case .unexpected(let problem): Explanation(.unexpected, problem)
        case .incomplete(let problem, let hint): Explanation(.incomplete, problem, hint: hint)
        case .outOfTime(let limit, let extent):
            Explanation(
                .timeout, "\(cutShortAfter: extent)no complete response within \(seconds: limit) (--timeout)",
                hint: "allow more time with --timeout")
        case .closedPipe: Explanation(.closedPipe, "")
        case .signal(let number): Explanation(number == StopSignals.interrupt ? .interrupted : .terminated, "")
        }
    }

    /// How the program ends.
    var status: ExitStatus { explanation.status }

    /// One line without the program's name; empty when nothing is to be said.
    var message: Message { explanation.message }

    /// One line of advice; nil when there is none.
    var hint: Message? { explanation.hint }

    /// The server's own error; nil when it reported none.
    var apiError: APIError? {
        switch self {
        case .request(let error): error.apiError
        case .saved(_, .server(let error)), .saved(_, .cutShort(_, .error(let error))): error
        default: nil
        }
    }
}
