import Foundation
import Synchronization

/// What the account of the sandbox's users may spend on each model: requests and tokens, refilled continuously.
final class Quota: Sendable {
    /// Limits that are enforced; nil for one that is only reported.
    struct Limits: Sendable {
        var requestsPerMinute: Int?
        var tokensPerMinute: Int?
    }

    private let full: [QuotaBucket]
    private let now: @Sendable () -> Double
    /// Of the models that were requested, by name.
    private let buckets = Mutex<[String: [QuotaBucket]]>([:])

    /// Full buckets.
    ///
    /// - Parameter now: seconds on a clock that does not go back.
    init(_ limits: Limits = Limits(), now: @escaping @Sendable () -> Double = { ProcessInfo.processInfo.systemUptime })
    {
        self.now = now
        let requests = limits.requestsPerMinute.map {
            QuotaBucket(.requests, window: "requests-minute", limit: $0, seconds: 60, isEnforced: true)
        }
        full =
            [QuotaBucket(.requests, window: "requests-day", limit: 1_440_000, seconds: 86_400)]
            + (requests.map { [$0] } ?? [])
            + [
                QuotaBucket(
                    .tokens, window: "tokens-minute", limit: limits.tokensPerMinute ?? 1_000_000, seconds: 60,
                    isEnforced: limits.tokensPerMinute != nil)
            ]
    }

    /// Charges one request and its tokens, all of it or nothing.
    ///
    /// - Parameters:
    ///   - tokens: what the request may take at most: those of its prompts and the completions' limits.
    ///   - model: whose limits hold.
    /// - Returns: `x-ratelimit-{limit,remaining,reset}-WINDOW` headers.
    /// - Throws: ``APIProblem`` for a limit that would be exceeded, with the same headers, and those that say when to retry.
    func charge(_ tokens: Int, model: String) throws(APIProblem) -> [String: String] {
        let now = now()
        let (headers, refusal) = buckets.withLock { buckets -> ([String: String], QuotaBucket.Refusal?) in
            var own = buckets[model] ?? full
            for place in own.indices { own[place].refill(until: now) }
            let refusal = own.lazy.compactMap { $0.refusal(of: tokens) }.first
            if refusal == nil { for place in own.indices { own[place].charge(tokens) } }
            buckets[model] = own
            return (own.reduce(into: [:]) { $0.merge($1.headers) { $1 } }, refusal)
        }
        guard let refusal else { return headers }
        throw .quotaExceeded(refusal, headers)
    }
}
