import API
import Batch
import Client
import Evaluation
import Flags
import HTTP
import JSON
import Logprobs
import Platform

/// A run of `batch`: rows in, requests within limits, results out, and how it ended.
struct BatchRun {
    /// The most requests in flight where nobody says.
    private static let mostInFlight = 64
    private let options: BatchOptions
    private let context: ProcessContext
    private let notes: Notes
    private let rows: BatchRows
    private let requests: RowRequests
    private let results: BatchResults

    /// Opens the results for rows that are to be requested.
    ///
    /// - Throws: ``Failure`` when they can't be continued or written; nothing has changed then.
    init(_ run: CommandRun<BatchOptions>, _ rows: BatchRows, by connection: Connection) throws(Failure) {
        (options, context, notes, self.rows) = (run.options, run.context, run.notes, rows)
        var connection = connection
        connection.retries.retriesRefusedConnection = true
        connection.limits.total = options.pace.requestTimeout
        requests = RowRequests(
            connection, encoding: options.request.encoding, compression: options.request.compression,
            streams: options.request.streams ?? false, model: options.request.model,
            isUnexpected: options.checks.isUnexpected ?? { _ in false })
        results = try BatchResults(options.results, rows, options.checks, context)
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
        var queue = RetryQueue(jobs, requests.connection.retries, context.clock, maxOpen: .max)
        let ending = queue.run(on: transport, limits: requests.connection.limits)
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
    ) throws(Failure) -> BatchJobs<RemainingRows, RowRequests> {
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
            rows.remaining(results.journal), into: sink, by: requests, RunPace(budget, concurrency), limits,
            total: rows.total, observer: progress, context.clock
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
    private func conclude(_ jobs: inout BatchJobs<RemainingRows, RowRequests>, _ ending: TransportError?) -> Failure? {
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
            of: options.request.model, at: requests.connection.baseURL, context)
        let report = BatchReport(
            statistics, unit: options.rows.format.unit, seconds: context.clock.now() - statistics.begin, price: price,
            failure?.status ?? .done)
        for note in report.notes { notes.note(note) }
        if lost > 0, failure?.status != .incomplete { notes.note(loss) }
        if let file = options.results.summaryFile {
            do throws(Failure) {
                try SummaryFile.write(report.json.line(masking: notes.secrets), to: try rows.fill(file), context, notes)
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
    private func failure(of jobs: BatchJobs<RemainingRows, RowRequests>, _ ending: TransportError?) -> Failure? {
        let statistics = jobs.statistics
        let isResumable: Message? = results.journal == nil ? nil : "the same command continues"
        switch jobs.stop {
        case .failure(let error)?, .stopped(let error)?: return Failure(error)
        case .task(let error)?: return error as? Failure
        case .requestLimit(let most)?:
            return .incomplete(
                "stopped after \(count: most, "request") (--max-requests)", hint: isResumable)
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
            let connection = requests.connection
            return Failure(.transport(error, url: connection.baseURL.completions, limits: connection.limits))
        }
        let failed = statistics.failed
        if failed > 0 {
            let count: Message =
                statistics.total.map { "\(failed) of \(count: $0, "row")" } ?? "\(count: failed, "row")"
            return .incomplete("\(count) failed", hint: hint(onFailuresOf: statistics))
        }
        guard statistics.unexpected > 0 else { return nil }
        let completions = statistics.succeeded + statistics.completedBefore
        return .unexpected(
            "\(statistics.unexpected) of \(count: completions, "completion") \(own: statistics.unexpected == 1 ? "fails" : "fail") a check (--expect, --fail-on)"
        )
    }
}
