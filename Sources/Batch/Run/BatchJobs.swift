public import Client
import HTTP
public import Platform

/// The jobs of a batch run: rows as they are read, each requested when its turn has come, and the outcome of each recorded.
///
/// Nothing is held of a row once it has its outcome. Rows have places from 0 in the order in which they are read, those left
/// out that an earlier run completed.
public struct BatchJobs<Rows: RowSource>: JobSource {
    /// So many rows that need no request are passed over before others are looked after.
    private static var rowsAtOnce: Int { 256 }
    /// No more rows than these for each that may be in flight wait for another attempt.
    private static var openPerPlace: Int { 16 }

    private struct ReadyRow {
        let row: OpenRow
        let job: Job<RowCollector>
    }

    private var rows: Rows
    private let requests: RowRequests
    private let limits: RunLimits
    private let observer: any RunObserver
    private let clock: ProcessClock
    private let inputs: (usual: [Int32], reading: [Int32])
    private var pace: RunPace
    private var outcomes: RowOutcomes
    private var open: [Int: OpenRow] = [:]
    /// The tokens that open rows are counted as.
    private var openTokens = 0.0
    /// A row that was read and must wait.
    private var ready: ReadyRow?
    private var position = 0
    private var isInputOver = false
    private var waitsForInput = false
    private var waitsForOutput = false
    private var hasNotedUnlimited = false
    private var nextUpdate: Double?
    private var nextPump: Double?

    /// The jobs of a run that begins.
    ///
    /// - Parameters:
    ///   - describe: what is recorded of a failure.
    ///   - total: the rows of the input; nil for a pipe.
    public init(
        _ rows: Rows, into sink: any RecordSink, by requests: RowRequests, _ pace: RunPace, _ limits: RunLimits,
        total: Int?, observer: any RunObserver, _ clock: ProcessClock,
        describe: @escaping (FailureCause) -> RowFailure
    ) {
        (self.rows, self.requests, self.pace, self.limits) = (rows, requests, pace, limits)
        (self.observer, self.clock) = (observer, clock)
        let usual = [limits.endDescriptor].filter { $0 >= 0 }
        inputs = (usual, usual + [rows.descriptor].filter { $0 >= 0 })
        let begin = clock.now()
        outcomes = RowOutcomes(
            into: sink, RunStatistics(total: total, begin: begin), isUnexpected: limits.isUnexpected, describe: describe
        )
        nextUpdate = begin
    }

    /// What the run has come to.
    public var statistics: RunStatistics { outcomes.statistics }

    /// Why the run ends before its input; nil while it does not.
    public var stop: StopReason? { outcomes.stop }

    /// Where outcomes go.
    public var sink: any RecordSink { outcomes.sink }

    /// Whether every row has an outcome.
    public var isComplete: Bool { isInputOver && open.isEmpty && ready == nil && stop == nil }

    /// What may bring another row, while one is wanted, and what may end the run.
    public var inputDescriptors: [Int32] { waitsForInput ? inputs.reading : inputs.usual }

    /// Once the run is to end, only what is in flight is waited for.
    public var dropsRetries: Bool { stop != nil }

    /// A response that is complete when the program is asked to stop is recorded.
    public func acceptsCompleteAtStop() -> Bool { true }

    /// The next row's request, if one may be sent.
    public mutating func next(now: Double) -> JobStep<RowCollector> {
        let time = attend(now)
        for _ in 0..<Self.rowsAtOnce {
            guard stop == nil, !isInputOver || ready != nil else {
                waitsForInput = false
                return open.isEmpty ? .finished : .wait(until: time)
            }
            waitsForOutput = !outcomes.sink.mayBegin(row: position)
            let hasRoom = pace.hasRoom && open.count < Self.openPerPlace * pace.most
            guard hasRoom, ready != nil || !waitsForOutput else {
                waitsForInput = false
                return .wait(until: time)
            }
            if ready == nil { read(now) }
            if waitsForInput { return .wait(until: time) }
            if let ready, let step = begin(ready, now, time) { return step }
        }
        return .wait(until: now)
    }

    /// Does what is due besides: output, the observer, a wish to end.
    ///
    /// - Returns: when there is something of it to do next; nil for never.
    private mutating func attend(_ now: Double) -> Double? {
        if stop == nil, limits.isEndWanted() { outcomes.end(.interrupted) }
        nextPump = [nextPump, outcomes.sink.pumpTime(now: now)].compactMap(\.self).min()
        if let due = nextPump, due <= now || waitsForOutput {
            outcomes.pump(now)
            nextPump = outcomes.sink.pumpTime(now: now)
        }
        if let due = nextUpdate, due <= now { nextUpdate = observer.update(statistics, activity, now: now) }
        return [nextPump, nextUpdate].compactMap(\.self).min()
    }

    private var activity: RunActivity {
        let wait: RunActivity.Wait? =
            stop != nil ? .ending : waitsForOutput ? .output : waitsForInput ? .input : pace.wait
        return RunActivity(inFlight: pace.inFlight, waiting: open.count - pace.inFlight, wait: wait)
    }

    /// Reads a row, which is ready then if it is to be requested.
    private mutating func read(_ now: Double) {
        waitsForInput = false
        do throws(SystemError) {
            switch try rows.next() {
            case .row(let row): prepare(row, now)
            case .error(let error): outcomes.take(error, at: takePosition(), now)
            case .completed: outcomes.noteCompletedBefore()
            case .pending: waitsForInput = true
            case .end:
                isInputOver = true
                outcomes.noteEnd(rows: position)
            }
        } catch {
            outcomes.end(.input(error))
        }
    }

    private mutating func takePosition() -> Int {
        defer { position += 1 }
        return position
    }

    private mutating func prepare(_ row: Row, _ now: Double) {
        let position = takePosition()
        let open = OpenRow(row, promptTokens: outcomes.promptTokens(of: row.promptSize), model: requests.model)
        if row.maxTokens == nil, !hasNotedUnlimited {
            hasNotedUnlimited = true
            observer.noteUnlimited(row: row.number, tokensPerMinute: pace.tokensPerMinute)
        }
        do throws(ClientError) {
            let (request, expectation) = try requests.request(for: row)
            ready = ReadyRow(row: open, job: Job(position, request) { RowCollector(expectation, now: $0) })
        } catch {
            outcomes.take(error, of: open, nil, at: position, now)
        }
    }

    /// Begins the row that is ready; nil when the run is to end instead.
    private mutating func begin(_ ready: ReadyRow, _ now: Double, _ time: Double?) -> JobStep<RowCollector>? {
        guard mayRequest(), mayUse(ready.row.tokens) else {
            // What is in flight may use fewer tokens than it is counted as.
            return stop == nil ? .wait(until: time) : nil
        }
        switch pace.admit(tokens: ready.row.tokens, now: now) {
        case .wait(let until): return .wait(until: [until, time].compactMap(\.self).min())
        case .go(let charge):
            var row = ready.row
            (row.charge, row.sent) = (charge, now)
            openTokens += row.tokens
            open[ready.job.id] = row
            outcomes.noteRequest(isRetry: false)
            self.ready = nil
            return .job(ready.job)
        }
    }

    /// Whether another request may be sent at all; the run ends if not.
    private mutating func mayRequest() -> Bool {
        guard let most = limits.maxRequests, statistics.requests >= most else { return true }
        outcomes.end(.requestLimit(most))
        return false
    }

    /// Whether a request that is counted as some tokens may be begun; the run ends if it never may.
    private mutating func mayUse(_ tokens: Double) -> Bool {
        guard let most = limits.tokenBudget, outcomes.usedTokens + openTokens + tokens > Double(most) else {
            return true
        }
        if open.isEmpty { outcomes.end(.tokenBudget(most)) }
        return false
    }

    /// Whether a row may be tried again whose own wait is over.
    public mutating func admitRetry(of id: Int, now: Double) -> RetryAdmission {
        let time = attend(now)
        guard let row = open[id], mayRequest() else { return .wait(until: now) }
        switch pace.admit(tokens: row.tokens, now: now) {
        case .wait(let until): return .wait(until: [until, time].compactMap(\.self).min())
        case .go(let charge):
            open[id]?.charge = charge
            open[id]?.sent = now
            outcomes.noteRequest(isRetry: true)
            return .now
        }
    }

    /// Takes note of a head, or of an attempt that failed.
    public mutating func note(_ note: JobNote, of id: Int) {
        guard let row = open[id], let charge = row.charge else { return }
        let now = clock.now()
        switch note {
        case .head(let head):
            if head.status == 429 { outcomes.noteRateLimited() }
            let wait = head.status < 400 ? nil : head.demandedWait(now: clock.date())
            let longest = requests.connection.retries.maxWait
            pace.note(
                head, asksToWait: wait.map { min($0, longest).inSeconds }, charge: charge, sent: row.sent, now: now)
        case .retry(_, _, _, let error):
            pace.noteEnd(charge, now: now)
            pace.noteRefusal(error, isFinal: false, charge: charge, now: now)
            open[id]?.charge = nil
        }
    }

    /// Records what a row came to, unless it is left for another run.
    public mutating func take(_ outcome: JobOutcome<RowCollector>) {
        guard let row = open.removeValue(forKey: outcome.id) else { return }
        let now = clock.now()
        openTokens -= row.tokens
        if let charge = row.charge {
            pace.noteEnd(charge, now: now)
            if let error = outcome.error { pace.noteRefusal(error, isFinal: true, charge: charge, now: now) }
        }
        if let error = outcome.error {
            outcomes.take(error, of: row, outcome.collector, at: outcome.id, now)
        } else if let collector = outcome.collector {
            let excess = outcomes.take(collector, of: row, at: outcome.id, now)
            pace.correct(excess: excess, now: now)
        }
    }

    /// Ends the output, once nothing is in flight any more.
    ///
    /// - Throws: ``JournalError`` when something could not be written.
    public mutating func finish() throws(JournalError) { try outcomes.finish(isComplete: isComplete) }
}
