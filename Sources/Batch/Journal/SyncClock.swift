/// When what was written is to be stored.
struct SyncClock {
    private let interval: Double?
    /// When the first record was written that is not stored yet; nil for none.
    private var firstWrite: Double?

    /// - Parameter interval: how long a record may wait, in seconds; nil for as long as it likes.
    init(interval: Double?) {
        self.interval = interval
    }

    /// How soon to try again while an earlier time has not ended, in seconds.
    private static let patience = 0.05

    /// When to store; nil while there is nothing to.
    var dueTime: Double? {
        guard let interval, let firstWrite else { return nil }
        return firstWrite + interval
    }

    mutating func noteWrite(_ now: Double) { firstWrite = firstWrite ?? now }

    /// - Parameter isComplete: whether all of it is being stored; otherwise another try is due soon.
    mutating func noteSync(_ now: Double, isComplete: Bool) {
        firstWrite = isComplete ? nil : now + Self.patience - (interval ?? 0)
    }
}
