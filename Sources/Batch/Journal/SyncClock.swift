/// When what was written is to be stored.
struct SyncClock {
    private let interval: Double?
    /// When the first record was written that is not stored yet; nil for none.
    private var firstWrite: Double?

    /// - Parameter interval: how long a record may wait, in seconds; nil for as long as it likes.
    init(interval: Double?) {
        self.interval = interval
    }

    /// When to store; nil while there is nothing to.
    var dueTime: Double? {
        guard let interval, let firstWrite else { return nil }
        return firstWrite + interval
    }

    mutating func noteWrite(_ now: Double) { firstWrite = firstWrite ?? now }

    mutating func noteSync() { firstWrite = nil }
}
