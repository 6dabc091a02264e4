public import Client

/// What follows the progress of a run.
public protocol RunObserver {
    /// Takes note of how it stands. It is called when the last time that it gave has come.
    ///
    /// - Parameter now: seconds of the run's clock.
    /// - Returns: when it wants to know again; nil for never.
    func update(_ statistics: RunStatistics, _ activity: RunActivity, now: Double) -> Double?

    /// Takes note of the signal by which the run ends once what is in flight has ended.
    ///
    /// - Parameters:
    ///   - inFlight: how many requests are in flight; one at least.
    ///   - seconds: how long they may take; nil for as long as they do.
    func noteEnding(inFlight: Int, within seconds: Double?)

    /// Takes note of the first row that sets no limit on its tokens.
    ///
    /// - Parameters:
    ///   - number: the row's.
    ///   - tokensPerMinute: the limit that holds, as far as one is known.
    func noteUnlimited(row number: Int, tokensPerMinute: Double?)

    /// Takes note of an attempt that begins.
    ///
    /// - Parameters:
    ///   - id: the row's.
    ///   - attempt: which one it is, from 1.
    func noteAttempt(row id: [UInt8], number attempt: Int)

    /// Takes note of a response that begins, or of a retry, of a row.
    func note(_ note: JobNote, row id: [UInt8])

    /// Takes note of the first row whose prompt ends in a carriage return.
    func noteCarriageReturn(row number: Int)
}

/// What a run is doing.
public struct RunActivity: Sendable {
    /// What keeps the next request from being sent.
    public enum Wait: Equatable, Sendable {
        /// A rate limit, by its name, such as `tokens per minute`, until a time.
        case limit(String, until: Double)
        /// The server asked for a wait until a time.
        case server(until: Double)
        /// The next row of a pipe.
        case input
        /// Whoever reads the output.
        case output
        /// The end of what is in flight, after which the run ends.
        case ending
    }

    /// How many requests are in flight.
    public let inFlight: Int
    /// How many rows wait for another attempt.
    public let waiting: Int
    /// What the next request waits for; nil for a place among those in flight.
    public let wait: Wait?
}
