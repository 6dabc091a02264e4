import API
public import Client
import HTTP

/// When a run's requests may be sent: within rate limits, and so many at a time as the server is good for.
public struct RunPace: Sendable {
    /// Whether a request may be sent.
    enum Decision {
        /// It may, and counts from now on.
        case go(RateBudget.Charge)
        /// Not before this time, unless an event comes first; nil to wait for an event alone.
        case wait(until: Double?)
    }

    private var budget: RateBudget
    private var concurrency: ConcurrencyLimit
    /// How many requests are in flight.
    private(set) var inFlight = 0
    private var tokensInFlight = 0.0
    /// What the last request that had to wait waits for; nil once one was sent, and for a place.
    private(set) var wait: RunActivity.Wait?

    /// A pace within these limits.
    public init(_ budget: RateBudget, _ concurrency: ConcurrencyLimit) {
        (self.budget, self.concurrency) = (budget, concurrency)
    }

    /// How many requests may be in flight.
    var most: Int { concurrency.current }

    /// Whether one more may be in flight.
    var hasRoom: Bool { inFlight < concurrency.current }

    /// The lowest known limit on tokens, a minute; nil for none.
    var tokensPerMinute: Double? { budget.tokensPerMinute }

    /// Asks to send a request that is counted as some tokens.
    mutating func admit(tokens: Double, now: Double) -> Decision {
        guard hasRoom else {
            wait = nil
            return .wait(until: nil)
        }
        switch budget.admit(tokens: tokens, now: now) {
        case .at(let time, let limit):
            wait = limit.map { .limit($0, until: time) } ?? .server(until: time)
            return .wait(until: time)
        case .now(let charge):
            inFlight += 1
            tokensInFlight += tokens
            wait = nil
            concurrency.noteStart(inFlight: inFlight, now: now)
            return .go(charge)
        }
    }

    /// Takes note of the head of a response.
    ///
    /// - Parameters:
    ///   - wait: how long it asks to wait; nil where it does not.
    ///   - sent: when the request was sent.
    mutating func note(
        _ head: ResponseHead, asksToWait wait: Double?, charge: RateBudget.Charge, sent: Double, now: Double
    ) {
        budget.learn(
            head, charge: charge, others: (Double(inFlight - 1), tokensInFlight - charge.tokens), now: now)
        guard head.status == 429 || head.status == 503 else { return }
        concurrency.noteOverload(sent: sent, now: now)
        if let wait { budget.block(until: now + wait) }
    }

    /// Takes note that a request got a 429, so that it was not counted.
    ///
    /// - Parameter isFinal: whether it is not to be made again, as one that asks for more than a limit holds: then nothing is used
    ///   up.
    mutating func noteRefusal(_ error: ClientError, isFinal: Bool, charge: RateBudget.Charge, now: Double) {
        guard case .refused(let problem, _, let limits) = error, problem.status == 429 else { return }
        budget.noteRefusal(
            code: isFinal ? nil : problem.code, type: isFinal ? nil : problem.type, limits: isFinal ? [] : limits,
            charge: charge, now: now)
    }

    /// Takes note that a request has ended, well or not.
    mutating func noteEnd(_ charge: RateBudget.Charge, now: Double) {
        inFlight -= 1
        tokensInFlight -= charge.tokens
        concurrency.noteEnd(now: now)
    }

    /// Corrects what a prompt was counted as.
    ///
    /// - Parameter excess: tokens too many; negative for too few.
    mutating func correct(excess: Double, now: Double) { budget.correct(excess: excess, now: now) }
}
