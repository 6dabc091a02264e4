import Platform

/// Date and chance as far as retries depend on them; tests put their own in place.
struct RetryChance: Sendable {
    /// Seconds since 1970.
    var date: @Sendable () -> Int
    /// A number from 0 to 1.
    var jitter: @Sendable () -> Double

    /// The system's.
    static let ofSystem = RetryChance(date: { time(nil) }, jitter: { Double.random(in: 0...1) })
}
