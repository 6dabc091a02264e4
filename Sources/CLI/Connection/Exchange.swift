import Client
import HTTP
import Platform

/// One request with its retries, up to a response or to the failure that ends it; what happens on the way is noted.
struct Exchange {
    let transport: any Transport
    let connection: Connection
    let clock: ProcessClock
    let notes: Notes
    /// Whether the heads of responses are shown.
    let isVerbose: Bool

    /// Sends the request until it is answered.
    ///
    /// - Parameter makeCollector: gives a fresh collector for each attempt, which begins at a time of the transport's clock.
    /// - Returns: the collector of the attempt that was answered.
    /// - Throws: the ``Failure`` of the last attempt, or what ended the wait for the next.
    func run<Collector: ResponseCollector>(
        _ request: HTTPRequest, makeCollector: @escaping (_ now: Double) -> Collector
    ) throws(Failure) -> Collector {
        let job = Job(0, request, makeCollector: makeCollector)
        var queue = RetryQueue(SingleJob(job, notes, isVerbose: isVerbose), connection.retries, clock)
        queue.run(on: notes.sign.map { WaitingTransport(transport, $0) } ?? transport, limits: connection.limits)
        let outcome = queue.jobs.outcome
        if let error = outcome?.error { throw Failure(error) }
        guard let collector = outcome?.collector else { throw Failure(.stopped()) }
        return collector
    }
}

/// The source of one job, which tells a person of retries and, if that was asked for, of responses.
private struct SingleJob<Collector: ResponseCollector>: JobSource {
    private var job: Job<Collector>?
    private let notes: Notes
    private let isVerbose: Bool
    private(set) var outcome: JobOutcome<Collector>?

    init(_ job: Job<Collector>, _ notes: Notes, isVerbose: Bool) {
        self.job = job
        self.notes = notes
        self.isVerbose = isVerbose
    }

    mutating func next(now: Double) -> JobStep<Collector> {
        defer { job = nil }
        return job.map(JobStep.job) ?? .finished
    }

    func note(_ note: JobNote, of id: Int) {
        switch note {
        case .head(let head):
            if isVerbose { VerboseLog.write(head, to: notes) }
        case .retry(let number, let most, let wait, let error):
            notes.noteRetry(number, of: most, after: wait, because: error.explanation.message)
        }
    }

    mutating func take(_ outcome: JobOutcome<Collector>) {
        self.outcome = outcome
    }

    /// A completion that came whole before the time was over is one.
    func acceptsCompleteAtStop() -> Bool {
        guard StopSignals.isTimeUp else { return false }
        StopSignals.forgetTime()
        return true
    }
}
