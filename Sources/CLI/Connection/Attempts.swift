import HTTP
import Platform

/// The source of one request: its first attempt and, each when its wait is over, the retries.
struct Attempts<Session: TransferSession>: RequestSource {
    private enum State {
        /// The next attempt is due at this time, by the transport's clock.
        case due(Double)
        case inFlight
        case over(Result<Session, Failure>)
    }

    private let request: HTTPRequest
    private let policy: RetryPolicy
    private let clock: ProcessClock
    private let notes: Notes
    private let makeSession: () -> Session
    private var session: Session
    private var state = State.due(0)
    private var retries = 0

    /// - Parameter makeSession: gives a fresh session for each attempt.
    init(
        of request: HTTPRequest, _ policy: RetryPolicy, _ clock: ProcessClock, _ notes: Notes,
        makeSession: @escaping () -> Session
    ) {
        (self.request, self.policy, self.clock, self.notes) = (request, policy, clock, notes)
        self.makeSession = makeSession
        session = makeSession()
    }

    /// The session of the attempt that was answered.
    ///
    /// - Parameter error: why the transport ended before the source did; nil when it did not.
    /// - Throws: the ``Failure`` of the last attempt, or what ended the wait for the next.
    func result(endedBy error: TransportError?) throws(Failure) -> Session {
        if case .over(let result) = state { return try result.get() }
        if error == .outputClosed { throw .closedPipe }
        throw StopSignals.failure ?? .signal(StopSignals.terminate)
    }

    /// The next attempt, when it is due.
    mutating func next(now: Double) -> SourceStep {
        switch state {
        case .due(let time):
            guard now >= time else { return .wait(until: time) }
            state = .inFlight
            return .request(id: retries, request)
        case .inFlight: return .wait(until: nil)
        case .over: return .finished
        }
    }

    /// Takes an event of the attempt that is in flight.
    mutating func take(_ event: TransferEvent, of id: Int, now: Double) -> TransferControl {
        let control = session.take(event)
        switch (event, control) {
        case (.end, _), (.failure, _), (_, .stop), (_, .drain): endAttempt(now)
        default: break
        }
        return control
    }

    private mutating func endAttempt(_ now: Double) {
        guard let failure = session.failure else {
            state = .over(.success(session))
            return
        }
        switch decision(after: session.cause) {
        case .giveUp: state = .over(.failure(failure))
        case .retryAfterExceedsLimit(let wait):
            state = .over(.failure(.longWait(wait, limit: policy.maxWait, failure: failure.message)))
        case .retry(let wait):
            retries += 1
            notes.note("retry \(retries) of \(policy.maxRetries) in \(Failure.seconds(wait)): \(failure.message)")
            session = makeSession()
            state = .due(now + wait.inSeconds)
        }
    }

    private func decision(after cause: AttemptCause?) -> RetryPolicy.Decision {
        switch cause {
        case .reply(let head):
            policy.decision(after: head, retries: retries, now: clock.date(), jitter: clock.jitter())
        case .noReply(let error): policy.decision(after: error, retries: retries, jitter: clock.jitter())
        case nil: .giveUp
        }
    }
}
