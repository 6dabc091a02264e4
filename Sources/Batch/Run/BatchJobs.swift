import API
public import Client
import HTTP
public import Platform

/// The jobs of a batch run: rows as they are read, each requested when its turn has come, and the outcome of each recorded.
///
/// A row may take several requests; it has its outcome once its task says so, or with the first of them that fails. Nothing is
/// held of it then. Rows have places from 0 in the order in which they are read, those left
/// out that an earlier run completed.
public struct BatchJobs<Rows: RowSource, Task: RowTask>: JobSource {
    /// So many rows that need no request are passed over before others are looked after.
    private static var rowsAtOnce: Int { 256 }
    /// No more rows than these for each that may be in flight wait for another attempt.
    private static var openPerPlace: Int { 16 }

    private var rows: Rows
    private let task: Task
    private let limits: RunLimits
    private let observer: any RunObserver
    private let clock: ProcessClock
    private let inputs: (usual: [Int32], reading: [Int32])
    private var pace: RunPace
    private var outcomes: RowOutcomes
    /// Requests that are in flight or wait for another attempt.
    private var open: [Int: OpenRequest<Task.Work>] = [:]
    /// The tokens that they are counted as.
    private var openTokens = 0.0
    /// Requests of rows that were read, which wait for their turn; the next one is the last.
    private var ready: [ReadyRequest<Task.Work>] = []
    /// How many rows are open.
    private var openRows = 0
    private var requestCount = 0
    private var position = 0
    /// Lines that are no rows, though they have places.
    private var blankCount = 0
    private var isInputOver = false
    private var waitsForInput = false
    private var waitsForOutput = false
    private var hasNotedUnlimited = false
    private var hasNotedCarriageReturn = false
    private var nextUpdate: Double?
    private var nextPump: Double?
    /// When what is in flight has had its time.
    private var dropTime: Double?

    /// The jobs of a run that begins.
    ///
    /// - Parameters:
    ///   - describe: what is recorded of a failure.
    ///   - total: the rows of the input; nil for a pipe.
    ///   - completedBefore: how many of them an earlier run has completed; nil for a pipe.
    public init(
        _ rows: Rows, into sink: any RecordSink, by task: Task, _ pace: RunPace, _ limits: RunLimits,
        total: Int?, completedBefore: Int? = nil, observer: any RunObserver, _ clock: ProcessClock,
        describe: @escaping (FailureCause) -> RowFailure
    ) {
        (self.rows, self.task, self.pace, self.limits) = (rows, task, pace, limits)
        (self.observer, self.clock) = (observer, clock)
        let usual = [limits.endDescriptor].filter { $0 >= 0 }
        inputs = (usual, usual + [rows.descriptor].filter { $0 >= 0 })
        let begin = clock.now()
        outcomes = RowOutcomes(
            task.kind, into: sink, RunStatistics(total: total, completedBefore: completedBefore, begin: begin),
            describe: describe)
        nextUpdate = begin
    }

    /// What the run has come to.
    public var statistics: RunStatistics { outcomes.statistics }

    /// Why the run ends before its input; nil while it does not.
    public var stop: StopReason? { outcomes.stop }

    /// Where outcomes go.
    public var sink: any RecordSink { outcomes.sink }

    /// Whether every row has an outcome.
    public var isComplete: Bool { isInputOver && openRows == 0 && stop == nil }

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
            guard stop == nil, !isInputOver || !ready.isEmpty else {
                waitsForInput = false
                return open.isEmpty ? .finished : .wait(until: time)
            }
            waitsForOutput = !outcomes.sink.mayBegin(row: position)
            let hasRoom = pace.hasRoom && open.count < Self.openPerPlace * pace.most
            guard hasRoom, !ready.isEmpty || !waitsForOutput else {
                waitsForInput = false
                return .wait(until: time)
            }
            if ready.isEmpty { read(now) }
            if waitsForInput { return .wait(until: time) }
            if let first = ready.last, let step = begin(first, now, time) { return step }
        }
        return .wait(until: now)
    }

    /// Does what is due besides: output, the observer, a wish to end.
    ///
    /// - Returns: when there is something of it to do next; nil for never.
    private mutating func attend(_ now: Double) -> Double? {
        if stop == nil, let signal = limits.endSignal() {
            outcomes.end(.interrupted(signal))
            let grace = signal == StopSignals.terminate ? RunLimits.grace : nil
            dropTime = grace.map { now + $0 }
            if pace.inFlight > 0 { observer.noteEnding(inFlight: pace.inFlight, within: grace) }
        }
        if let due = dropTime, due <= now {
            dropTime = nil
            limits.drop()
        }
        nextPump = [nextPump, outcomes.sink.pumpTime(now: now)].compactMap(\.self).min()
        if let due = nextPump, due <= now || waitsForOutput {
            outcomes.pump(now)
            nextPump = outcomes.sink.pumpTime(now: now)
        }
        if let due = nextUpdate, due <= now { nextUpdate = observer.update(statistics, activity, now: now) }
        return [nextPump, nextUpdate, dropTime].compactMap(\.self).min()
    }

    private var activity: RunActivity {
        let wait: RunActivity.Wait? =
            stop != nil ? .ending : waitsForOutput ? .output : waitsForInput ? .input : pace.wait
        return RunActivity(inFlight: pace.inFlight, waiting: open.count - pace.inFlight, wait: wait)
    }

    /// Reads a row, whose requests are ready then if it is to be requested.
    private mutating func read(_ now: Double) {
        waitsForInput = false
        do throws(SystemError) {
            switch try rows.next() {
            case .row(let row): prepare(row, now)
            case .error(let error): outcomes.take(error, at: takePosition(), now)
            case .blank:
                blankCount += 1
                outcomes.passOver(at: takePosition())
            case .refused(let error):
                _ = takePosition()
                outcomes.refuse(error)
            case .completed(let isUnexpected): outcomes.noteCompletedBefore(isUnexpected: isUnexpected)
            case .pending: waitsForInput = true
            case .end:
                isInputOver = true
                outcomes.noteEnd(rows: position - blankCount)
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
        let mark = RowMark(row, at: takePosition(), model: task.model)
        // Where no limit on tokens is known, and none to be expected, nothing is to be said of them.
        let isLimited = pace.tokensPerMinute != nil || task.connection.baseURL.isVendor
        if row.maxTokens == nil, !hasNotedUnlimited, isLimited {
            hasNotedUnlimited = true
            observer.noteUnlimited(row: row.number, tokensPerMinute: pace.tokensPerMinute)
        }
        if row.endsInCarriageReturn, !hasNotedCarriageReturn {
            hasNotedCarriageReturn = true
            observer.noteCarriageReturn(row: row.number)
        }
        do throws(ClientError) {
            let (work, requests) = try task.begin(row)
            openRows += 1
            add(requests, of: OpenRow(mark, work))
        } catch {
            _ = outcomes.take(error, of: mark, isOver: false, nil, now)
        }
    }

    /// Has requests sent before those of other rows.
    private mutating func add(_ requests: [RowRequest], of row: OpenRow<Task.Work>) {
        let counted = requests.map { CountedRequest($0, promptTokens: outcomes.promptTokens(of: $0.size)) }
        // Of a row that could not be completed, no request is sent.
        let all = (count: requests.count, tokens: counted.reduce(0) { $0 + $1.tokens })
        for place in requests.indices.reversed() {
            let isFirst = row.requestCount + place == 0
            ready.append(
                ReadyRequest(
                    row: row, place: row.requestCount + place, request: requests[place], counted: counted[place],
                    needed: isFirst ? all : (1, counted[place].tokens)))
        }
        row.requestCount += requests.count
    }

    /// Begins the request whose turn it is; nil when the run is to end instead.
    private mutating func begin(
        _ next: ReadyRequest<Task.Work>, _ now: Double, _ time: Double?
    ) -> JobStep<RowCollector>? {
        guard mayRequest(next.needed.count), mayUse(next.needed.tokens, of: next.row.mark) else {
            // What is in flight may use fewer tokens than it is counted as.
            return stop == nil ? .wait(until: time) : nil
        }
        switch pace.admit(tokens: next.counted.tokens, now: now) {
        case .wait(let until): return .wait(until: [until, time].compactMap(\.self).min())
        case .go(let charge):
            ready.removeLast()
            openTokens += next.counted.tokens
            let id = requestCount
            requestCount += 1
            observer.noteAttempt(row: next.row.mark.id, number: 1)
            open[id] = OpenRequest(row: next.row, place: next.place, counted: next.counted, charge: charge, sent: now)
            outcomes.noteRequest(isRetry: false)
            let expectation = next.request.expectation
            return .job(Job(id, next.request.request) { RowCollector(expectation, now: $0) })
        }
    }

    /// Whether so many more requests may be sent at all; the run ends if not.
    private mutating func mayRequest(_ count: Int = 1) -> Bool {
        guard let most = limits.maxRequests, statistics.requests > most - count else { return true }
        outcomes.end(.requestLimit(most))
        return false
    }

    /// Whether a row may use that number of tokens for its requests; the run ends if there is never room for them.
    private mutating func mayUse(_ tokens: Double, of row: RowMark) -> Bool {
        guard let most = limits.tokenBudget, outcomes.usedTokens + openTokens + tokens > Double(most) else {
            return true
        }
        if open.isEmpty {
            let isLarge = tokens > Double(most)
            outcomes.end(.tokenBudget(most, largeRow: isLarge ? (row.id, Int(min(tokens, 1e15))) : nil))
        }
        return false
    }

    /// Whether a request may be tried again whose own wait is over.
    public mutating func admitRetry(of id: Int, now: Double) -> RetryAdmission {
        let time = attend(now)
        guard let request = open[id], mayRequest() else { return .wait(until: now) }
        switch pace.admit(tokens: request.counted.tokens, now: now) {
        case .wait(let until): return .wait(until: [until, time].compactMap(\.self).min())
        case .go(let charge):
            open[id]?.charge = charge
            open[id]?.sent = now
            open[id]?.attempts += 1
            observer.noteAttempt(row: request.row.mark.id, number: request.attempts + 1)
            outcomes.noteRequest(isRetry: true)
            return .now
        }
    }

    /// Takes note of a head, or of an attempt that failed.
    public mutating func note(_ note: JobNote, of id: Int) {
        guard let request = open[id], let charge = request.charge else { return }
        observer.note(note, row: request.row.mark.id)
        let now = clock.now()
        switch note {
        case .head(let head):
            if head.status == 429 { outcomes.noteRateLimited() }
            let wait = head.status < 400 ? nil : head.demandedWait(now: clock.date())
            let longest = task.connection.retries.maxWait
            pace.note(
                head, asksToWait: wait.map { min($0, longest).inSeconds }, charge: charge, sent: request.sent, now: now)
        case .retry(_, _, _, let error):
            pace.noteEnd(charge, now: now)
            pace.noteRefusal(error, isFinal: false, charge: charge, now: now)
            open[id]?.charge = nil
        }
    }

    /// Takes what a request came to, and records its row if it has its outcome with it.
    public mutating func take(_ outcome: JobOutcome<RowCollector>) {
        guard let request = open.removeValue(forKey: outcome.id) else { return }
        let (now, row) = (clock.now(), request.row)
        openTokens -= request.counted.tokens
        if let charge = request.charge {
            pace.noteEnd(charge, now: now)
            if let error = outcome.error { pace.noteRefusal(error, isFinal: true, charge: charge, now: now) }
        }
        if let error = outcome.error {
            if outcomes.take(error, of: row.mark, isOver: row.isOver, outcome.collector, now) { end(row) }
        } else if let collector = outcome.collector {
            if !row.isOver { advance(row, by: collector, of: request.place, now) }
            pace.correct(excess: outcomes.count(collector, as: request.counted), now: now)
        }
    }

    /// Waits until the output is stored.
    ///
    /// - Throws: ``SystemError`` when it could not be.
    public func store() throws(SystemError) { try outcomes.sink.store() }

    /// Gives a row a response, and does what it needs next.
    private mutating func advance(
        _ row: OpenRow<Task.Work>, by reply: RowCollector, of place: Int, _ now: Double
    ) {
        do throws(ClientError) {
            switch try row.work.take(reply, of: place) {
            case .waiting: break
            case .requests(let requests): add(requests, of: row)
            case .done(let content, let isUnexpected):
                outcomes.take(content, isUnexpected: isUnexpected, of: row.mark, now)
                end(row)
            case .failed(let failure):
                outcomes.take(failure, of: row.mark, now)
                end(row)
            }
        } catch {
            if outcomes.take(error, of: row.mark, isOver: false, nil, now) { end(row) }
        }
    }

    /// Leaves out what a row with an outcome has not requested yet.
    private mutating func end(_ row: OpenRow<Task.Work>) {
        guard !row.isOver else { return }
        row.isOver = true
        openRows -= 1
        if !ready.isEmpty { ready.removeAll { $0.row === row } }
    }

    /// Ends the output, once nothing is in flight any more.
    ///
    /// - Throws: ``JournalError`` when something could not be written.
    public mutating func finish() throws(JournalError) { try outcomes.finish(isComplete: isComplete) }
}
