import Client
import HTTP
import Platform

/// One request with its retries, up to a response or to the failure that ends it; what happens on the way is noted.
struct Exchange {
    /// What a terminal shows while something is waited for; nil where there is none.
    let sign: WaitingSign?
    private let transport: any Transport
    private let connection: Connection
    private let clock: ProcessClock
    private let notes: Notes
    private let isVerbose: Bool

    /// Requests by a connection.
    ///
    /// - Parameter isVerbose: whether requests and the heads of responses are shown.
    init(
        transport: any Transport, connection: Connection, _ context: ProcessContext, _ notes: Notes, isVerbose: Bool
    ) {
        var notes = notes
        sign = WaitingSign(notes, context)
        notes.sign = sign
        // Which the end of the process has to erase, too.
        Watchdog.report(to: notes)
        self.notes = notes
        self.transport = sign.map { WaitingTransport(transport, $0) } ?? transport
        self.connection = connection
        clock = context.clock
        self.isVerbose = isVerbose
    }

    /// Sends the request until there is a response, or none is to be had.
    ///
    /// - Parameters:
    ///   - remark: a line about the request that `--verbose` shows, too; nil for none.
    ///   - makeCollector: gives a fresh collector for each attempt, which begins at a time of the transport's clock.
    /// - Returns: the collector of the attempt that succeeded.
    /// - Throws: the ``Failure`` of the last attempt, or what ended the wait for the next.
    func run<Collector: ResponseCollector>(
        _ request: HTTPRequest, remark: Message? = nil, makeCollector: @escaping (_ now: Double) -> Collector
    ) throws(Failure) -> Collector {
        if isVerbose {
            VerboseLog.write(request, to: notes)
            if let remark { notes.verbose(remark) }
        }
        try system(StopSignals.check())
        let job = Job(0, request, makeCollector: makeCollector)
        var queue = RetryQueue(SingleJob(job, notes, isVerbose: isVerbose), connection.retries, clock)
        queue.run(on: transport, limits: connection.limits)
        let outcome = queue.jobs.outcome
        if let error = outcome?.error { throw Failure(error) }
        guard let collector = outcome?.collector else { throw Failure(.stopped()) }
        return collector
    }
}

/// The source of one job, which notes retries and, with `--verbose`, responses.
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
