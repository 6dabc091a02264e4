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
    private let isUnexpected: (_ content: [UInt8]) -> Bool
    private let describe: (FailureCause) -> RowFailure
    private var estimate = TokenEstimate()
    private var failuresInRow = 0

    init(
        into sink: any RecordSink, _ statistics: RunStatistics, isUnexpected: @escaping ([UInt8]) -> Bool,
        describe: @escaping (FailureCause) -> RowFailure
    ) {
        (self.sink, self.statistics) = (sink, statistics)
        (self.isUnexpected, self.describe) = (isUnexpected, describe)
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
    mutating func noteCompletedBefore() { statistics.completedBefore += 1 }

    /// Takes note of the end of the input.
    ///
    /// - Parameter rows: how many came, those left out that an earlier run completed.
    mutating func noteEnd(rows: Int) { statistics.total = statistics.total ?? statistics.completedBefore + rows }

    /// Takes a row that can't be sent.
    mutating func take(_ error: RowError, at position: Int, _ now: Double) {
        let failure = describe(.row(error))
        statistics.addFailure(failure.kind)
        write(BatchRecord(id: error.id, digest: nil, response: nil, error: failure.error), at: position, now)
    }

    /// Takes a request that failed for good, or was given up.
    mutating func take(
        _ error: ClientError, of row: OpenRow, _ collector: RowCollector?, at position: Int, _ now: Double
    ) {
        switch error {
        case .stopped, .outputClosed: end(.stopped(error))
        case _ where error.stopsRun(hasOwnModel: row.hasOwnModel): end(.failure(error))
        default:
            failuresInRow = error.isServerFailure ? failuresInRow + 1 : 0
            let failure = describe(.request(error))
            statistics.addFailure(failure.kind)
            let record = BatchRecord(
                id: row.id, digest: row.digest, response: collector?.response, error: failure.error)
            write(record, at: position, now)
            if failuresInRow >= Self.failuresInRow { end(.failure(error)) }
        }
    }

    /// Takes a complete response.
    ///
    /// - Returns: how many tokens more than it has the prompt was counted as.
    mutating func take(_ collector: RowCollector, of row: OpenRow, at position: Int, _ now: Double) -> Double {
        guard let response = collector.response else { return 0 }
        failuresInRow = 0
        statistics.succeeded += 1
        statistics.latencies.add(seconds: collector.ended - collector.began)
        if let content = collector.completion, isUnexpected(content) { statistics.unexpected += 1 }
        write(BatchRecord(id: row.id, digest: row.digest, response: response), at: position, now)
        guard let usage = collector.usage else {
            usedTokens += row.tokens
            return 0
        }
        statistics.promptTokens += usage.prompt
        statistics.completionTokens += usage.completion
        usedTokens += Double(usage.prompt + usage.completion)
        estimate.correct(row.promptSize, promptTokens: usage.prompt)
        return Double(row.promptTokens - usage.prompt)
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

    /// Ends the output.
    mutating func finish(isComplete: Bool) throws(JournalError) { try sink.finish(isComplete: isComplete) }
}
