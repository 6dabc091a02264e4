import API
public import HTTP
import Platform

/// What rate limits leave for requests: how much may be sent now, and otherwise when.
///
/// A request is counted before it is sent, as the API counts it: as one request, and as the tokens of its prompt and those that
/// it may generate. Limits are those that the user sets and those that a server's responses state; what is waited for holds
/// for every request. All times are seconds of one monotonic clock.
public struct RateBudget: Sendable {
    /// Whether a request may be sent.
    public enum Admission: Sendable {
        /// It may, and has been counted.
        case now(Charge)
        /// Not before this time; the name of the limit that it is waited for, or nil for a wait that the server asks for.
        case at(Double, limit: String?)
    }

    /// What a request was counted as.
    public struct Charge: Sendable {
        /// The tokens that it was counted as.
        public let tokens: Double
        let time: Double
        /// What had been taken of each limit when it was sent, the request left out.
        let taken: [Double]
    }

    private static let seconds = ["second": 1.0, "minute": 60, "hour": 3600, "day": 86_400]

    private var buckets: [RateBucket] = []
    /// How many of the buckets are the user's, which come first.
    private let ownCount: Int
    /// No request is sent before.
    private var blockedUntil = -Double.infinity

    /// Limits of the user's; nil for none. Further ones are learned.
    ///
    /// - Parameters:
    ///   - requestsPerMinute: more than none.
    ///   - tokensPerMinute: more than none.
    ///   - idle: how many seconds ago others may have used all that they allow; nil for long ago.
    public init(
        requestsPerMinute: Double? = nil, tokensPerMinute: Double? = nil, idle: Double? = nil, now: Double
    ) {
        let share = idle.map { min(1, max(0, $0) / 60) } ?? 1
        if let requestsPerMinute {
            buckets.append(
                RateBucket(
                    .requests, "requests per minute", capacity: requestsPerMinute, period: 60,
                    level: share * requestsPerMinute, now: now))
        }
        if let tokensPerMinute {
            buckets.append(
                RateBucket(
                    .tokens, "tokens per minute", capacity: tokensPerMinute, period: 60,
                    level: share * tokensPerMinute, now: now))
        }
        ownCount = buckets.count
    }

    /// The lowest limit on tokens that is known, a minute; nil for none.
    public var tokensPerMinute: Double? { buckets.compactMap { $0.unit == .tokens ? $0.rate * 60 : nil }.min() }

    /// Asks to send a request, which is counted if it may be sent.
    ///
    /// - Parameter tokens: of the prompt, and those that may be generated.
    public mutating func admit(tokens: Double, now: Double) -> Admission {
        guard now >= blockedUntil else { return .at(blockedUntil, limit: nil) }
        var (wait, name) = (0.0, String?.none)
        for index in buckets.indices {
            buckets[index].refill(to: now)
            let own = buckets[index].wait(for: Self.amount(tokens, buckets[index].unit))
            if own > wait { (wait, name) = (own, buckets[index].name) }
        }
        guard wait == 0 else { return .at(now + wait, limit: name) }
        let charge = Charge(tokens: tokens, time: now, taken: buckets.isEmpty ? [] : buckets.map(\.taken))
        for index in buckets.indices { buckets[index].take(Self.amount(tokens, buckets[index].unit)) }
        return .now(charge)
    }

    /// Takes note of the limits that a response states.
    ///
    /// - Parameters:
    ///   - head: the response's; `x-ratelimit-limit-requests-minute` and the like are read.
    ///   - charge: the request's.
    ///   - others: the requests that are in flight besides it, and the tokens they were counted as.
    public mutating func learn(
        _ head: ResponseHead, charge: Charge, others: (requests: Double, tokens: Double), now: Double
    ) {
        guard head.hasHeader(beginningWith: "x-ratelimit-") else { return }
        for limit in head.rateLimits {
            guard let unit = Self.unit(of: limit.name), let period = Self.period(of: limit.name) else { continue }
            let (most, left) = (Self.number(limit.limit), Self.number(limit.remaining))
            if let index = buckets[ownCount...].firstIndex(where: { $0.name == limit.name }) {
                buckets[index].refill(to: now)
                let taken = index < charge.taken.count ? charge.taken[index] : 0
                buckets[index].learn(limit: most, remaining: left, after: (taken, charge.time))
            } else if let most, most > 0 {
                // All that is in flight may not be counted yet.
                let unseen = unit == .requests ? others.requests : others.tokens
                buckets.append(
                    RateBucket(
                        unit, limit.name, capacity: most, period: period, level: (left ?? most) - unseen, now: now))
            }
        }
    }

    /// Takes note that a request was refused for a rate limit, so that it was not counted.
    ///
    /// - Parameters:
    ///   - code: the error's `code` and `type`, which name what was used up; nil where it has none.
    ///   - limits: what the response's head says.
    public mutating func noteRefusal(
        code: String?, type: String?, limits: [RateLimit], charge: Charge, now: Double
    ) {
        let used = Self.usedUp(code, type)
        for index in buckets.indices {
            buckets[index].refill(to: now)
            buckets[index].putBack(Self.amount(charge.tokens, buckets[index].unit))
            let isNamed = limits.contains { $0.isUsedUp && $0.name == buckets[index].name }
            // A day's limit is used up only if the response says so.
            if isNamed || used == buckets[index].unit && buckets[index].period <= 60 { buckets[index].empty() }
        }
    }

    /// Takes note that no request is wanted before a time.
    public mutating func block(until time: Double) { blockedUntil = max(blockedUntil, time) }

    /// Corrects what a request was counted as, by what its response says of the prompt.
    ///
    /// - Parameter excess: how many tokens more than it has the prompt was counted as; negative for too few.
    public mutating func correct(excess: Double, now: Double) {
        for index in buckets.indices where buckets[index].unit == .tokens {
            buckets[index].refill(to: now)
            buckets[index].putBack(excess)
        }
    }

    /// The seconds that an amount takes by the user's limits, from full buckets on.
    public static func time(
        requests: Double, tokens: Double, requestsPerMinute: Double?, tokensPerMinute: Double?
    ) -> Double {
        let byRequests = requestsPerMinute.map { max(0, requests - $0) / $0 * 60 } ?? 0
        let byTokens = tokensPerMinute.map { max(0, tokens - $0) / $0 * 60 } ?? 0
        return max(byRequests, byTokens)
    }

    private static func amount(_ tokens: Double, _ unit: RateBucket.Unit) -> Double { unit == .requests ? 1 : tokens }

    private static func unit(of name: String) -> RateBucket.Unit? {
        if name.includes("token") { return .tokens }
        return name.includes("request") ? .requests : nil
    }

    private static func period(of name: String) -> Double? {
        name.split(separator: " ").last.flatMap { seconds[String($0)] }
    }

    /// A limit that can be kept; nil for any other text, and for none at all.
    private static func number(_ text: String?) -> Double? {
        text.flatMap(Double.init).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
    }

    /// What a 429 says is used up, by its code or else its type, in which the API always speaks of requests.
    private static func usedUp(_ code: String?, _ type: String?) -> RateBucket.Unit? {
        let code = code?.lowercased() ?? ""
        if code.includes("queue") { return nil }
        if code.includes("token") || type?.lowercased().includes("token") == true { return .tokens }
        return code.includes("request") || code.includes("quota") || code.includes("rate_limit") ? .requests : nil
    }
}
