import Synchronization

/// The requested faults, and how many requests have met them.
final class FaultPlan: Sendable {
    private let faults: [Fault]
    private let requests = Mutex(0)

    /// Faults that hold from the next request on. Of two of one kind the later wins.
    init(_ faults: [Fault]) {
        self.faults = faults
    }

    /// What is wrong with the response to the next request.
    func next() -> Misbehavior {
        let number = requests.withLock { requests in
            requests += 1
            return requests
        }
        var misbehavior = Misbehavior()
        for fault in faults where number <= fault.count ?? .max { fault.effect(&misbehavior) }
        return misbehavior
    }
}
