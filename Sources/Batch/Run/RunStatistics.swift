public import Platform

/// What a run has come to so far, in numbers.
public struct RunStatistics: Sendable {
    /// How many rows failed for one kind of reason.
    public struct FailureCount: Equatable, Sendable {
        /// The kind, as in error objects: `rate_limited`, `server`.
        public let kind: String
        /// How many rows.
        public fileprivate(set) var count: Int
    }

    /// A row that failed, to be named.
    public struct FailedRow: Sendable {
        /// What its record is found by, UTF-8.
        public let id: [UInt8]
        /// Which line of the input it stands on.
        public let number: Int
        /// Why it failed, in one clause.
        public let reason: Message

        /// A row and its reason.
        public init(id: [UInt8], number: Int, reason: Message) {
            (self.id, self.number, self.reason) = (id, number, reason)
        }
    }

    /// So many failed rows are kept to be named.
    private static let keptCount = 5

    /// The rows of this run's input, or shard; nil while it is not known.
    public internal(set) var total: Int?
    /// Rows that an earlier run has completed: all of a file, from the first on, of a pipe those that have come.
    public private(set) var completedBefore: Int
    private let knowsCompletedBefore: Bool
    /// Rows that this run has completed.
    public internal(set) var succeeded = 0
    /// Rows that failed, by kind, in the order in which the kinds first came.
    public private(set) var failures: [FailureCount] = []
    /// How many of them failed since they are complete with another request, and the number of the first; 0 for none.
    public private(set) var changed = (count: 0, firstNumber: 0)
    /// Completed rows, whichever run completed them, whose completion is not as it was expected to be.
    public internal(set) var unexpected = 0
    /// Requests that were sent, retries included.
    public internal(set) var requests = 0
    /// Requests that were sent again.
    public internal(set) var retries = 0
    /// Requests that got a 429.
    public internal(set) var rateLimited = 0
    /// Tokens of prompts, by the server's count.
    public internal(set) var promptTokens = 0
    /// Tokens of completions, by the server's count.
    public internal(set) var completionTokens = 0
    /// How long the requests took that succeeded.
    public internal(set) var latencies = LatencyHistogram()
    /// When the run began, in seconds of its clock.
    public let begin: Double

    /// Nothing yet.
    ///
    /// - Parameters:
    ///   - total: rows of the input; nil while it is not known.
    ///   - completedBefore: how many of them an earlier run has completed; nil while it is not known.
    public init(total: Int?, completedBefore: Int? = nil, begin: Double) {
        (self.total, self.completedBefore, self.begin) = (total, completedBefore ?? 0, begin)
        knowsCompletedBefore = completedBefore != nil
    }

    /// Counts a row that an earlier run completed, unless it is counted already.
    mutating func addCompletedBefore() {
        if !knowsCompletedBefore { completedBefore += 1 }
    }

    /// Rows that failed.
    public var failed: Int { failures.reduce(0) { $0 + $1.count } }

    /// Rows that have an outcome, whichever run brought it.
    public var finished: Int { completedBefore + succeeded + failed }

    /// The first rows that failed.
    public private(set) var firstFailed: [FailedRow] = []

    /// Counts a row that is complete with another request.
    mutating func addChanged(_ number: Int) {
        changed = (changed.count + 1, changed.count == 0 ? number : changed.firstNumber)
    }

    /// Counts a row that failed.
    mutating func addFailure(_ kind: String, of row: FailedRow) {
        if firstFailed.count < Self.keptCount { firstFailed.append(row) }
        if let index = failures.firstIndex(where: { $0.kind == kind }) {
            failures[index].count += 1
        } else {
            failures.append(FailureCount(kind: kind, count: 1))
        }
    }
}
