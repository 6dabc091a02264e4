import API
import Batch
import Client
import Evaluation
import Flags
import HTTP
import JSON
import Logprobs
import Platform

/// What a task reports of a run besides what every run does.
struct RunSupplement {
    /// Lines for a person.
    var notes: [Message] = []
    /// Members of the summary for programs.
    var report: [Report.Member] = []
    /// What is not as it was expected of the run as a whole; nil when nothing is.
    var problem: Message?
}

/// A run over rows: rows in, requests within limits, results out, and how it ended.
struct BatchRun<Options: RowsOptions, Task: RowTask> {
    /// The most requests in flight where nobody says.
    private static var mostInFlight: Int { 64 }
    private let options: Options
    private let context: ProcessContext
    private let notes: Notes
    private let rows: BatchRows
    private let task: Task
    private let results: BatchResults
    private let supplement: () -> RunSupplement

    /// Opens the results for rows that are to be requested.
    ///
    /// - Parameter supplement: what the task reports at the end.
    /// - Throws: ``Failure`` when they can't be continued or written; nothing has changed then.
    init(
        _ run: CommandRun<Options>, _ rows: BatchRows, by task: Task,
        supplement: @escaping () -> RunSupplement = { RunSupplement() }
    ) throws(Failure) {
        (options, context, notes, self.rows) = (run.options, run.context, run.notes, rows)
        (self.task, self.supplement) = (task, supplement)
        results = try BatchResults(options.results, rows, task, context)
    }

    /// Whoever reads the results; when it goes away, the requests end.
    var reader: OutputReader { results.reader }

    /// Requests the rows, and reports how that went.
    ///
    /// - Throws: ``Failure`` for every end but the best one.
    func perform(on transport: any Transport) throws(Failure) {
        noteFindings()
        var notes = notes
        // Completions that end with NUL leave the cursor behind them.
        if results.form != .null || !results.isTerminal { notes.sign = WaitingSign(notes, context) }
        let line = notes.sign?.line
        let progress = BatchProgress(line, notes, isVerbose: options.isVerbose) { Terminal.columns(context.error) }
        let sink = line.flatMap { results.isTerminal ? TerminalSink(results.sink, $0) : nil } ?? results.sink
        let jobs = try makeJobs(progress, sink)
        var queue = RetryQueue(jobs, task.connection.retries, context.clock, maxOpen: .max)
        let ending = queue.run(on: transport, limits: task.connection.limits)
        InterruptDeferral.end()
        progress.end()
        var ended = queue.jobs
        // What is left of a run that was stopped is short, and worth having.
        let isStopped = StopSignals.received != nil
        let failure = isStopped ? Watchdog.uninterrupted { conclude(&ended, ending) } : conclude(&ended, ending)
        // Last, since a slow disk may take its time for it, in which a signal still ends the program.
        let storing = Result { () throws(SystemError) in try ended.store() }
        if let failure { throw failure }
        try system(storing.get())
    }

    private func noteFindings() {
        guard let findings = results.journal?.findings else { return }
        if findings.tornBytes > 0 {
            notes.note(
                "removed an incomplete last line of \(count: findings.tornBytes, "byte"), left by a run that was killed"
            )
        }
        if findings.failed > 0 {
            notes.note("requesting \(count: findings.failed, "failed row") again")
        }
    }

    private func makeJobs(
        _ progress: BatchProgress, _ sink: any RecordSink
    ) throws(Failure) -> BatchJobs<RemainingRows, Task> {
        var limits = RunLimits()
        (limits.maxRequests, limits.tokenBudget) = (options.pace.maxRequests, options.pace.tokenBudget)
        limits.endDescriptor = try system(InterruptDeferral.start())
        limits.endSignal = { InterruptDeferral.signal }
        limits.drop = { InterruptDeferral.insist() }
        let shards = Double(rows.shard?.count ?? 1)
        let budget = RateBudget(
            requestsPerMinute: options.pace.requestsPerMinute.map { $0 / shards },
            tokensPerMinute: options.pace.tokensPerMinute.map { $0 / shards },
            // What an earlier run has used up is not there again at once.
            idle: results.journal?.lastChange.map { Double(context.clock.date() - $0) }, now: context.clock.now())
        let concurrency =
            options.pace.concurrency.map(ConcurrencyLimit.init(fixed:))
            ?? ConcurrencyLimit(adaptingTo: Self.mostInFlight)
        return BatchJobs(
            rows.remaining(results.journal), into: sink, by: task, RunPace(budget, concurrency), limits,
            total: rows.total, completedBefore: rows.scan.flatMap { _ in results.journal?.findings.done },
            observer: progress, context.clock
        ) { [secrets = notes.secrets, unit = rows.unit] cause in
            let failure: Failure
            let reason: Message
            switch cause {
            case .row(let error):
                reason = "\(plain: error.reason)"
                failure = .usage(UsageError("\(own: unit) \(error.number): \(reason)"))
            case .request(let error):
                failure = Failure(error)
                reason = failure.message
            }
            return RowFailure(
                kind: failure.status.kind, reason: reason,
                error: failure.errorReport(hint: failure.hint).value(masking: secrets))
        }
    }

    /// Ends the output, and reports.
    ///
    /// - Parameter ending: why the transport ended early; nil when it did not.
    /// - Returns: why the run did not end well; nil when it did.
    private func conclude(_ jobs: inout BatchJobs<RemainingRows, Task>, _ ending: TransportError?) -> Failure? {
        var failure = failure(of: jobs, ending)
        do throws(JournalError) {
            try jobs.finish()
        } catch {
            failure = failure ?? Failure(error)
        }
        let lost = jobs.sink.lostCount
        let place: Message = results.journal == nil ? "could not be written" : "missing in the output file"
        let loss: Message = "\(count: lost, "result") \(place)"
        if lost > 0 { failure = failure ?? .incomplete(loss, hint: nil) }
        let statistics = jobs.statistics
        let price = ModelPrices.price(
            of: options.request.model, at: task.connection.baseURL, context)
        let supplement = supplement()
        if failure == nil, let problem = supplement.problem { failure = .unexpected(problem) }
        let report = BatchReport(
            statistics, unit: options.rows.format.unit, seconds: context.clock.now() - statistics.begin, price: price,
            failure?.status ?? .done)
        for note in report.notes + supplement.notes { notes.note(note) }
        if lost > 0, failure?.status != .incomplete { notes.note(loss) }
        if let file = options.results.summaryFile {
            do throws(Failure) {
                try SummaryFile.write(
                    report.json(with: supplement.report).line(masking: notes.secrets), to: try rows.fill(file),
                    context, notes)
            } catch {
                failure = failure ?? error
            }
        }
        return failure
    }

    private func hint(onFailuresOf statistics: RunStatistics) -> Message? {
        guard results.journal != nil else { return nil }
        let (count, number) = statistics.changed
        if count > 0 {
            let place: Message = "\(own: rows.unit) \(number)"
            return count == 1
                ? "\(place) keeps the result of another request; --redo-changed requests it again"
                : "\(count) of them, \(place) first, keep the results of other requests; --redo-changed requests them again"
        }
        // A row that can't be sent fails again as long as the input is as it is.
        let mayPass = statistics.failures.contains { $0.kind != ExitStatus.usage.kind }
        return mayPass ? "the same command requests them again" : nil
    }

    /// Why a run did not end well; nil when it did.
    private func failure(of jobs: BatchJobs<RemainingRows, Task>, _ ending: TransportError?) -> Failure? {
        let statistics = jobs.statistics
        let isResumable: Message? = results.journal == nil ? nil : "the same command continues"
        switch jobs.stop {
        case .failure(let error)?, .stopped(let error)?: return Failure(error)
        case .task(let error)?: return error as? Failure
        case .requestLimit(let most)?:
            let sent: Message = statistics.requests < most ? "before more than \(most)" : "after \(most)"
            return .incomplete(
                "stopped \(sent) \(own: most == 1 ? "request" : "requests") (--max-requests)", hint: isResumable)
        case .tokenBudget(let most, let large)?:
            return .incomplete(
                "stopped before using more than \(count: most, "token") (--token-budget)",
                hint: large.map { row in
                    "row \(quoted: row.id) alone may use \(row.tokens); raise --token-budget, or lower --max-tokens"
                } ?? isResumable)
        case .interrupted(let signal)?: return .signal(signal)
        case .input(let error)?, .output(let error)?: return Failure(error)
        case nil: break
        }
        // Where nothing was in flight, no row tells of it.
        switch ending {
        case nil: break
        case .stopped?: return Failure(.stopped())
        case .outputClosed?: return Failure(.outputClosed)
        case let error?:
            let connection = task.connection
            return Failure(.transport(error, url: connection.baseURL.completions, limits: connection.limits))
        }
        let failed = statistics.failed
        if failed > 0 {
            let count: Message =
                statistics.total.map { "\(failed) of \(count: $0, "row")" } ?? "\(count: failed, "row")"
            return .incomplete("\(count) failed", hint: hint(onFailuresOf: statistics))
        }
        guard statistics.unexpected > 0 else { return nil }
        let all = statistics.succeeded + statistics.completedBefore
        let (noun, flags) = task.kind == .responses ? ("completion", "--expect, --fail-on") : ("row", "--expect")
        let verb = statistics.unexpected == 1 ? "fails" : "fail"
        return .unexpected(
            "\(statistics.unexpected) of \(count: all, noun) \(own: verb) a check (\(own: flags))")
    }
}

extension PaceOptions {
    /// A connection for requests of rows.
    func adapt(_ connection: Connection) -> Connection {
        var connection = connection
        connection.retries.retriesRefusedConnection = true
        connection.limits.total = requestTimeout
        return connection
    }
}
