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
    let pace: Pace
    let notes: Notes

    /// Sends the request until it is answered.
    ///
    /// - Parameter makeSession: gives a fresh session for each attempt.
    /// - Returns: the session of the attempt that was answered.
    /// - Throws: the ``Failure`` of the last attempt.
    func run<Session: TransferSession>(
        _ request: HTTPRequest, makeSession: () -> Session
    ) throws(Failure) -> Session {
        var retries = 0
        while true {
            var session = makeSession()
            transport.run([request], limits: limits) { session.take($1) }
            guard let failure = session.failure else { return session }
            switch decision(after: session.cause, retries: retries) {
            case .giveUp: throw failure
            case .demand(let wait): throw .longWait(wait, limit: policy.maxWait, failure: failure.message)
            case .retry(let wait):
                retries += 1
                tell(failure, wait, retries)
                try pace.wait(wait)
            }
        }
    }

    private func decision(after cause: AttemptCause?, retries: Int) -> RetryPolicy.Decision {
        switch cause {
        case .reply(let head):
            policy.decision(after: head, retries: retries, now: pace.now(), dice: pace.dice())
        case .noReply(let error): policy.decision(after: error, retries: retries, dice: pace.dice())
        case nil: .giveUp
        }
    }

    private func tell(_ failure: Failure, _ wait: Duration, _ retries: Int) {
        notes.note("retry \(retries) of \(policy.maxRetries) in \(Failure.seconds(wait)): \(failure.message)")
    }
}
