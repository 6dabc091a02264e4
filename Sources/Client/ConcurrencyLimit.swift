/// How many requests may be in flight: a fixed number, or one that grows while more of them bring more responses a second and
/// is halved when the server is overloaded.
///
/// Throughput is measured over windows in which each place was used twice, and only where the limit was what held requests back.
public struct ConcurrencyLimit: Sendable {
    private static let least = 1
    private static let first = 4
    /// More throughput than this in relation to the last is worth more requests.
    private static let gain = 1.05
    /// So many windows pass before more is tried again.
    private static let patience = 8

    /// How many requests may be in flight.
    public private(set) var current: Int
    private let most: Int
    private let isFixed: Bool
    /// Responses a second before it was last raised, and how many requests were in flight then.
    private var base = (rate: 0.0, count: 0)
    /// Whether more requests than that are being tried.
    private var isProbing = false
    private var windowBegin: Double?
    private var completed = 0
    private var wasReached = false
    private var windowsToWait = 0
    /// When it was halved last.
    private var halved = -Double.infinity

    /// A number that does not change.
    public init(fixed count: Int) {
        (current, most, isFixed) = (count, count, true)
    }

    /// A number that grows up to another.
    public init(adaptingTo most: Int) {
        (current, self.most, isFixed) = (min(Self.first, most), most, false)
    }

    /// Takes note of how many requests are in flight, one more having been sent.
    public mutating func noteStart(inFlight: Int, now: Double) {
        if windowBegin == nil { windowBegin = now }
        if inFlight >= current { wasReached = true }
    }

    /// Takes note of a response.
    public mutating func noteEnd(now: Double) {
        guard !isFixed, let begin = windowBegin else { return }
        completed += 1
        guard completed >= max(2 * current, 16), now > begin else { return }
        if wasReached { judge(Double(completed) / (now - begin)) }
        (windowBegin, completed, wasReached) = (now, 0, false)
    }

    /// Takes note that the server is overloaded, by a request that was sent at a time; what was in flight when the number was
    /// halved counts once.
    public mutating func noteOverload(sent: Double, now: Double) {
        guard !isFixed, sent > halved else { return }
        halved = now
        current = max(Self.least, current / 2)
        isProbing = false
        windowsToWait = Self.patience
        (windowBegin, completed, wasReached) = (now, 0, false)
    }

    /// Takes note of a window in which the limit was reached.
    private mutating func judge(_ rate: Double) {
        if isProbing {
            guard rate > base.rate * Self.gain else {
                // More in flight brought nothing.
                (current, isProbing, windowsToWait) = (base.count, false, Self.patience)
                return
            }
        } else {
            windowsToWait -= 1
            guard windowsToWait <= 0 else { return }
        }
        base = (rate, current)
        current = min(most, current < 16 ? current * 2 : current + current / 2)
        isProbing = current > base.count
    }
}
