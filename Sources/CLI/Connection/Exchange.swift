import HTTP
import Platform

/// What takes the events of one attempt.
protocol TransferSession {
    /// Takes the next event.
    mutating func take(_ event: TransferEvent) -> TransferControl

    /// Why the attempt failed; nil while all is well.
    var failure: Failure? { get }

    /// What the failure came of; nil when the request must not be made again, as after output was written.
    var cause: AttemptCause? { get }
}

/// What an attempt that failed came to, as far as a retry depends on it.
enum AttemptCause {
    case reply(ResponseHead)
    case noReply(TransportError)
}

/// A request with its retries, up to an answer or to the failure that ends it.
struct Exchange {
    let transport: any Transport
    let policy: RetryPolicy
    let limits: TimeLimits
    let clock: ProcessClock
    let notes: Notes

    /// Sends the request until it is answered.
    ///
    /// - Parameter makeSession: gives a fresh session for each attempt.
    /// - Returns: the session of the attempt that was answered.
    /// - Throws: the ``Failure`` of the last attempt.
    func run<Session: TransferSession>(
        _ request: HTTPRequest, makeSession: @escaping () -> Session
    ) throws(Failure) -> Session {
        var attempts = Attempts(of: request, policy, clock, notes, makeSession: makeSession)
        let ending = transport.run(&attempts, limits: limits)
        return try attempts.result(endedBy: ending)
    }
}
