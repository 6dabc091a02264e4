import API
public import Client
import HTTP
public import Platform

/// Why a run ends before its input does. The rows without an outcome are left for the next run.
public enum StopReason: Sendable {
    /// Something that no other row would fare better with: the key, the model, the server.
    case failure(ClientError)
    /// The same as a task has it: the responses are complete, and none is any good.
    case task(any Error)
    /// So many requests were sent as may be (`--max-requests`).
    case requestLimit(Int)
    /// The next request could use more tokens than may be used (`--token-budget`); the row, and the tokens that it is counted
    /// as, if it could even without any other.
    case tokenBudget(Int, largeRow: (id: [UInt8], tokens: Int)?)
    /// A signal asked for the end of the run.
    case interrupted(Int32)
    /// The input can't be read any further.
    case input(SystemError)
    /// The output can't be written.
    case output(SystemError)
    /// A signal, the end of the time, or a reader that went away; the error that requests in flight ended with.
    case stopped(ClientError)
}

extension ClientError {
    /// Whether any other row would fail for the same reason.
    ///
    /// - Parameter hasOwnModel: whether the row names a model of its own.
    func stopsRun(hasOwnModel: Bool) -> Bool {
        switch self {
        case .refused(let error, _, _), .reply(.server(let error), _):
            error.stopsRun(hasOwnModel: hasOwnModel)
        case .intercepted, .redirect, .retryAfterExceedsLimit, .gzip: true
        case .transport(let error, _, _, _): error.stopsRun
        case .messagePack, .reply, .streamBroken, .responseBroken, .content, .tooLarge, .stopped, .outputClosed: false
        }
    }

    /// Whether it is the server that failed, so that it may be down, rather than the row.
    var isServerFailure: Bool {
        switch self {
        case .refused(let error, _, _), .reply(.server(let error), _):
            error.status == 408 || error.status == 429 || error.status >= 500
        case .transport, .streamBroken, .responseBroken, .content: true
        case .reply(let error, _): if case .cutShort = error { true } else { false }
        default: false
        }
    }
}

extension APIError {
    /// What the API says of a model that it does not have may be a matter of the row.
    fileprivate func stopsRun(hasOwnModel: Bool) -> Bool {
        switch status {
        case 401, 402, 405, 407: true
        case 403, 404: !hasOwnModel
        default: false
        }
    }
}

extension TransportError {
    /// Whether there was no connection that any request could take.
    fileprivate var stopsRun: Bool {
        switch self {
        case .resolve, .connect, .nothingListens, .notLoopback, .proxy, .tls, .certificate, .timeout(.connect),
            .noLibrary,
            .local:
            true
        case .timeout, .interrupted, .malformed, .stopped, .outputClosed: false
        }
    }
}
