import Client
import Platform

/// What rows came to: counted, recorded, and looked at for what ends the run.
struct RowOutcomes {
    /// After so many server failures without a success between them the server is taken to be down.
    private static let failuresInRow = 50

    private(set) var sink: any RecordSink
    private(set) var statistics: RunStatistics
    /// Why the run ends before its input; nil while it does not.
    private(set) var stop: StopReason?
    /// The tokens that completed rows used; of those whose response did not say, what they were counted as.
    private(set) var usedTokens = 0.0
    private let kind: RecordKind
    private let describe: (FailureCause) -> RowFailure
    private var estimate = TokenEstimate()
    private var failuresInRow = 0

    /// - Parameter kind: what is recorded of rows.
    init(
        _ kind: RecordKind, into sink: any RecordSink, _ statistics: RunStatistics,
        describe: @escaping (FailureCause) -> RowFailure
    ) {
        (self.kind, self.sink, self.statistics, self.describe) = (kind, sink, statistics, describe)
    }

    /// How many tokens a prompt is likely to have, by those of the responses so far.
    func promptTokens(of size: PromptSize) -> Int { estimate.tokens(of: size) }

    /// Has the run end, unless it does already.
    mutating func end(_ reason: StopReason) { stop = stop ?? reason }

    /// Counts a request.
    mutating func noteRequest(isRetry: Bool) {
        statistics.requests += 1
        if isRetry { statistics.retries += 1 }
    }

    /// Counts a response with the status 429.
    mutating func noteRateLimited() { statistics.rateLimited += 1 }

    /// Counts a row that an earlier run completed.
    ///
    /// - Parameter isUnexpected: whether its completion is not as it was expected to be.
    mutating func noteCompletedBefore(isUnexpected: Bool) {
        statistics.addCompletedBefore()
        if isUnexpected { statistics.unexpected += 1 }
    }

    /// Counts a row that fails since it has the record of another request, which stays.
    mutating func refuse(_ error: RowError) {
        count(describe(.row(error)), error.id, error.number)
        statistics.addChanged(error.number)
    }

    /// Takes note of the end of the input.
    ///
    /// - Parameter rows: how many came, those left out that an earlier run completed.
    mutating func noteEnd(rows: Int) { statistics.total = statistics.total ?? statistics.completedBefore + rows }

    /// Takes a place of the input that is no row.
    mutating func passOver(at position: Int) { sink.passOver(row: position) }

    /// Takes a row that can't be sent.
    mutating func take(_ error: RowError, at position: Int, _ now: Double) {
        let failure = describe(.row(error))
        count(failure, error.id, error.number)
        write(BatchRecord(id: error.id, digest: nil, kind.nothing, error: failure.error), at: position, now)
    }

    /// Takes a request that failed for good, or was given up.
    ///
    /// - Parameter isOver: whether the row has its outcome already.
    /// - Returns: whether the row has one now; otherwise it is left for another run.
    mutating func take(
        _ error: ClientError, of row: RowMark, isOver: Bool, _ collector: RowCollector?, _ now: Double
    ) -> Bool {
        switch error {
        case .stopped, .outputClosed: end(.stopped(error))
        case _ where error.stopsRun(hasOwnModel: row.hasOwnModel): end(.failure(error))
        default:
            failuresInRow = error.isServerFailure ? failuresInRow + 1 : 0
            if !isOver { fail(row, describe(.request(error)), kind.content(of: collector?.response), now) }
            if failuresInRow >= Self.failuresInRow { end(.failure(error)) }
            return true
        }
        return isOver
    }

    /// Takes a row that failed though its responses are complete.
    mutating func take(_ failure: RowFailure, of row: RowMark, _ now: Double) {
        failuresInRow = failure.ending == nil ? 0 : failuresInRow + 1
        fail(row, failure, kind.nothing, now)
        if let error = failure.ending, failuresInRow >= Self.failuresInRow { end(.task(error)) }
    }

    private mutating func fail(_ row: RowMark, _ failure: RowFailure, _ content: BatchRecord.Content, _ now: Double) {
        count(failure, row.id, row.number)
        write(BatchRecord(id: row.id, digest: row.digest, content, error: failure.error), at: row.position, now)
    }

    /// Takes what is recorded of a row that succeeded.
    mutating func take(_ content: BatchRecord.Content, isUnexpected: Bool, of row: RowMark, _ now: Double) {
        failuresInRow = 0
        statistics.succeeded += 1
        if isUnexpected { statistics.unexpected += 1 }
        write(BatchRecord(id: row.id, digest: row.digest, content), at: row.position, now)
    }

    /// Counts what a complete response took.
    ///
    /// - Returns: how many tokens more than it has the prompt was counted as.
    mutating func count(_ collector: RowCollector, as counted: CountedRequest) -> Double {
        statistics.latencies.add(seconds: collector.ended - collector.began)
        guard let usage = collector.usage else {
            usedTokens += counted.tokens
            return 0
        }
        statistics.promptTokens += usage.prompt
        statistics.completionTokens += usage.completion
        usedTokens += Double(usage.prompt + usage.completion)
        estimate.correct(counted.size, promptTokens: usage.prompt)
        return Double(counted.promptTokens - usage.prompt)
    }

    private mutating func count(_ failure: RowFailure, _ id: [UInt8], _ number: Int) {
        statistics.addFailure(
            failure.kind, of: RunStatistics.FailedRow(id: id, number: number, reason: failure.reason))
    }

    private mutating func write(_ record: BatchRecord, at position: Int, _ now: Double) {
        do throws(SystemError) {
            try sink.write(record, row: position, now: now)
        } catch {
            end(.output(error))
        }
    }

    /// Writes what is due.
    mutating func pump(_ now: Double) {
        do throws(SystemError) {
            try sink.pump(now: now)
        } catch {
            end(.output(error))
        }
    }

    /// Ends the output. A row whose record is not there is not counted as completed.
    mutating func finish(isComplete: Bool) throws(JournalError) {
        defer { statistics.succeeded -= min(statistics.succeeded, sink.lostSuccessCount) }
        try sink.finish(isComplete: isComplete)
    }
}
