public import HTTP
public import Platform

/// Sends jobs, and again those that failed by chance, each when its wait is over. It never sleeps: it tells the transport when
/// its next request is due.
public struct RetryQueue<Jobs: JobSource>: RequestSource {
    private struct Attempt {
        let job: Job<Jobs.Collector>
        let retries: Int
        var collector: Jobs.Collector
    }

    private struct Retry {
        let job: Job<Jobs.Collector>
        let retries: Int
    }

    /// Where the jobs come from.
    public private(set) var jobs: Jobs
    private let policy: RetryPolicy
    private let clock: ProcessClock
    private let maxOpen: Int
    private var inFlight: [Int: Attempt] = [:]
    private var waiting = DueQueue<Retry>()

    /// A queue for these jobs.
    ///
    /// - Parameter maxOpen: how many jobs are in flight or wait for a retry at most.
    public init(_ jobs: Jobs, _ policy: RetryPolicy, _ clock: ProcessClock, maxOpen: Int = 1) {
        self.jobs = jobs
        self.policy = policy
        self.clock = clock
        self.maxOpen = maxOpen
    }

    /// Runs until every job has its outcome.
    ///
    /// - Parameter limits: for each request.
    /// - Returns: why the transport ended early; nil when it did not.
    @discardableResult
    public mutating func run(on transport: any Transport, limits: TimeLimits) -> TransportError? {
        guard let ending = transport.run(&self, limits: limits) else { return nil }
        // What was in flight has got its failure from the transport.
        dropRetries(ending == .outputClosed ? .outputClosed : .stopped())
        return ending
    }

    private mutating func dropRetries(_ error: ClientError) {
        while let retry = waiting.popFirst() {
            jobs.take(JobOutcome(id: retry.job.id, collector: nil, error: error))
        }
    }

    /// What may bring another job once it is readable.
    public var inputDescriptors: [Int32] { jobs.inputDescriptors }

    /// The next request that is due.
    public mutating func next(now: Double) -> SourceStep {
        if !waiting.isEmpty, jobs.dropsRetries { dropRetries(.stopped()) }
        if let first = waiting.first(dueAt: now) {
            switch jobs.admitRetry(of: first.job.id, now: now) {
            case .wait(let time): return .wait(until: time)
            case .now:
                if let retry = waiting.popFirst() { return start(retry.job, retries: retry.retries, now) }
            }
        }
        guard inFlight.count + waiting.count < maxOpen else { return .wait(until: waiting.firstTime) }
        switch jobs.next(now: now) {
        case .job(let job): return start(job, retries: 0, now)
        case .wait(let time):
            let times = [time, waiting.firstTime].compactMap(\.self)
            return .wait(until: times.min())
        case .finished where inFlight.isEmpty && waiting.isEmpty: return .finished
        case .finished: return .wait(until: waiting.firstTime)
        }
    }

    private mutating func start(_ job: Job<Jobs.Collector>, retries: Int, _ now: Double) -> SourceStep {
        inFlight[job.id] = Attempt(job: job, retries: retries, collector: job.makeCollector(now))
        return .request(id: job.id, job.request)
    }

    /// Takes an event of an attempt that is in flight.
    public mutating func take(_ event: TransferEvent, of id: Int, now: Double) -> TransferControl {
        var event = event
        switch event {
        case .head(let head): jobs.note(.head(head), of: id)
        case .failure(.stopped):
            if inFlight[id]?.collector.isComplete == true, jobs.acceptsCompleteAtStop() { event = .end }
        case .body, .end, .failure: break
        }
        let control = inFlight[id]?.collector.take(event, now: now) ?? .stop
        switch (event, control) {
        case (.end, _), (.failure, _), (_, .stop), (_, .drain): end(id, now)
        default: break
        }
        return control
    }

    private mutating func end(_ id: Int, _ now: Double) {
        guard let attempt = inFlight.removeValue(forKey: id) else { return }
        var error = attempt.collector.failure?.error
        switch decision(after: attempt) {
        case .giveUp: break
        case .retryAfterExceedsLimit(let wait):
            error = error.map { .retryAfterExceedsLimit(wait, limit: policy.maxWait, after: $0) }
        case .retry(let wait):
            let retries = attempt.retries + 1
            if let error {
                jobs.note(.retry(retries, of: policy.maxRetries, after: wait, because: error), of: id)
            }
            waiting.add(Retry(job: attempt.job, retries: retries), dueAt: now + wait.inSeconds)
            return
        }
        jobs.take(JobOutcome(id: id, collector: attempt.collector, error: error))
    }

    private func decision(after attempt: Attempt) -> RetryPolicy.Decision {
        switch attempt.collector.failure?.cause {
        case .response(let head):
            policy.decision(after: head, retries: attempt.retries, now: clock.date(), jitter: clock.jitter())
        case .noResponse(let error):
            policy.decision(after: error, retries: attempt.retries, jitter: clock.jitter())
        case nil: .giveUp
        }
    }
}
