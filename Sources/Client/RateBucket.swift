/// One limit as an amount that refills at a steady rate: a server's limit of 600 requests a minute is a bucket of 600 that
/// gains 10 a second.
struct RateBucket: Sendable {
    /// What is limited.
    enum Unit: Sendable {
        case requests
        case tokens
    }

    /// So many seconds' worth is left in a bucket: requests take now more and now less time on their way, and what their tokens
    /// will be counted as is an estimate.
    private static let reserve = (requests: 0.25, tokens: 1.2)

    /// What is limited.
    let unit: Unit
    /// The limit in words, such as `tokens per minute`.
    let name: String
    /// How much the full bucket holds.
    private(set) var capacity: Double
    /// The time in which an empty bucket is full again, in seconds.
    let period: Double
    private(set) var level: Double
    private var updated: Double
    /// How much has been taken out in all, whatever came back.
    private(set) var taken = 0.0

    /// A bucket.
    ///
    /// - Parameters:
    ///   - capacity: more than none.
    ///   - level: how much is in it; nil for all that it holds.
    ///   - now: seconds of a monotonic clock.
    init(_ unit: Unit, _ name: String, capacity: Double, period: Double, level: Double? = nil, now: Double) {
        (self.unit, self.name, self.period) = (unit, name, period)
        self.capacity = capacity
        (self.level, updated) = (min(capacity, level ?? capacity), now)
    }

    /// How much it gains in a second.
    var rate: Double { capacity / period }

    /// Gains what it does until a time.
    mutating func refill(to now: Double) {
        guard now > updated else { return }
        level = min(capacity, level + rate * (now - updated))
        updated = now
    }

    /// Seconds until an amount can be taken, from the last refill on. More than the bucket holds is for the server to judge, once
    /// it is full.
    func wait(for amount: Double) -> Double {
        let kept = rate * (unit == .tokens ? Self.reserve.tokens : Self.reserve.requests)
        return max(0, (min(amount + kept, capacity) - level) / rate)
    }

    /// Takes an amount, whether it is there or not.
    mutating func take(_ amount: Double) {
        level -= amount
        taken += amount
    }

    /// Puts back what was taken and not used.
    mutating func putBack(_ amount: Double) { level = min(capacity, level + amount) }

    /// Takes note that the server found it used up.
    mutating func empty() { level = min(level, 0) }

    /// Takes note of what the server says of it.
    ///
    /// - Parameters:
    ///   - limit: how much it holds; nil where that was not said, or is the user's to say.
    ///   - remaining: how much was left; nil where that was not said.
    ///   - charge: what had been taken when the request was sent whose response says so, and when that was. Whatever was taken
    ///     since may be counted in `remaining` or not.
    mutating func learn(limit: Double?, remaining: Double?, after charge: (taken: Double, time: Double)) {
        if let limit, limit > 0 { capacity = limit }
        guard let remaining else { return level = min(level, capacity) }
        let least = remaining - max(0, taken - charge.taken)
        let most = min(capacity, remaining + rate * max(0, updated - charge.time))
        level = min(max(level, least), most)
    }
}
