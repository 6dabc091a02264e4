/// One limit as a bucket that holds as much as the limit and refills continuously over its window.
struct QuotaBucket: Sendable {
    /// What is counted.
    enum Unit: Sendable {
        case requests
        case tokens
    }

    /// Why a request is refused.
    struct Refusal: Sendable {
        let unit: Unit
        /// Seconds until there is enough; nil when there never is.
        let wait: Double?
    }

    let unit: Unit
    /// As the headers name it, such as `tokens-minute`.
    let window: String
    let limit: Int
    /// How long it takes to refill an empty bucket.
    let seconds: Double
    /// Whether a request that it does not hold enough for is refused, instead of emptying it.
    let isEnforced: Bool
    /// What it holds.
    private var level: Double
    /// When it held that, on the quota's clock.
    private var time: Double?

    /// What sums of fractions may be off by.
    private static let rounding = 1e-6

    /// A full bucket.
    init(_ unit: Unit, window: String, limit: Int, seconds: Double, isEnforced: Bool = false) {
        (self.unit, self.window, self.limit) = (unit, window, limit)
        (self.seconds, self.isEnforced) = (seconds, isEnforced)
        level = Double(limit)
    }

    /// Adds what has come since the last time. An earlier time changes nothing.
    mutating func refill(until now: Double) {
        let elapsed = max(0, now - (time ?? now))
        level = min(Double(limit), level + elapsed * rate)
        time = max(now, time ?? now)
    }

    /// Why a request with this number of tokens can't be charged now; nil when it can.
    func refusal(of tokens: Int) -> Refusal? {
        let cost = cost(tokens)
        guard isEnforced, level + Self.rounding < cost else { return nil }
        return Refusal(unit: unit, wait: cost > Double(limit) ? nil : (cost - level) / rate)
    }

    /// Takes the cost of a request with this number of tokens.
    mutating func charge(_ tokens: Int) {
        level = max(0, level - cost(tokens))
    }

    /// `x-ratelimit-{limit,remaining,reset}-WINDOW`, the reset in seconds; it is reset once it is full again.
    var headers: [String: String] {
        [
            "x-ratelimit-limit-\(window)": String(limit),
            "x-ratelimit-remaining-\(window)": String(Int(level + Self.rounding)),
            "x-ratelimit-reset-\(window)": String((Double(limit) - level) / rate),
        ]
    }

    /// A second.
    private var rate: Double { Double(limit) / seconds }

    private func cost(_ tokens: Int) -> Double { unit == .requests ? 1 : Double(tokens) }
}
