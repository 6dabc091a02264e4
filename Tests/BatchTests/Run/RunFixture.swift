import API
import Client
import HTTP
import JSON
import Platform

@testable import Batch

/// Rows of a list.
struct ListedRows: RowSource {
    var steps: [RunStep]
    let descriptor: Int32 = -1

    /// Rows with these prompts, numbered from 1.
    init(_ prompts: [String], maxTokens: Int? = 20, model: String? = nil) {
        steps = prompts.enumerated().map { .row(Self.row($1, number: $0 + 1, maxTokens: maxTokens, model: model)) }
    }

    mutating func next() -> RunStep { steps.isEmpty ? .end : steps.removeFirst() }

    static func row(_ prompt: String, number: Int, maxTokens: Int? = 20, model: String? = nil) -> Row {
        var members = [JSONMember("model", .text(model ?? "m")), JSONMember("prompt", .text(prompt))]
        if let maxTokens { members.append(JSONMember("max_tokens", .integer(maxTokens))) }
        let body = JSONValue.object(members)
        return Row(
            number: number, id: Array(prompt.utf8), body: body, digest: RequestDigest(of: body),
            promptSize: PromptSize(text: Array(prompt.utf8)))
    }
}

/// Keeps records in memory.
final class KeptRecords {
    var records: [(row: Int, record: BatchRecord)] = []
    /// No record is taken any more after so many.
    var capacity = Int.max
    var window = Int.max
    /// Places that no record comes for.
    var passed: [Int] = []

    /// The ids of those that succeeded, in the order in which they came.
    var done: [String] { records.filter { $0.record.isDone }.map { String(decoding: $0.record.id, as: UTF8.self) } }

    /// The ids of those that failed.
    var failed: [String] { records.filter { !$0.record.isDone }.map { String(decoding: $0.record.id, as: UTF8.self) } }
}

struct KeepingSink: RecordSink {
    let kept: KeptRecords
    private(set) var lostCount = 0
    private(set) var lostSuccessCount = 0

    init(_ kept: KeptRecords) { self.kept = kept }

    mutating func write(_ record: BatchRecord, row: Int, now: Double) throws(SystemError) {
        guard kept.records.count < kept.capacity else {
            lostCount += 1
            lostSuccessCount += record.isDone ? 1 : 0
            throw .refused("results", reason: "disk full")
        }
        kept.records.append((row, record))
    }

    /// The oldest row without a record.
    private var next: Int {
        let rows = Set(kept.records.map(\.row) + kept.passed)
        return (0...).first { !rows.contains($0) } ?? 0
    }

    var freeRows: Int { kept.window }
    func mayBegin(row: Int) -> Bool { kept.window == .max || row - next < kept.window }
    mutating func passOver(row: Int) { kept.passed.append(row) }
    mutating func pump(now: Double) {}
    func pumpTime(now: Double) -> Double? { nil }
    mutating func finish(isComplete: Bool) {}
    func store() {}
}

/// Remembers what it was told.
final class NotedRun: RunObserver {
    private(set) var unlimited: [Int] = []
    private(set) var carriageReturns: [Int] = []
    private(set) var updates = 0
    private(set) var endings: [(inFlight: Int, seconds: Double?)] = []
    private(set) var waits: [RunActivity.Wait] = []

    func update(_ statistics: RunStatistics, _ activity: RunActivity, now: Double) -> Double? {
        updates += 1
        if let wait = activity.wait { waits.append(wait) }
        return now + 1
    }

    func noteEnding(inFlight: Int, within seconds: Double?) { endings.append((inFlight, seconds)) }

    func noteUnlimited(row number: Int, tokensPerMinute: Double?) { unlimited.append(number) }

    func noteAttempt(row id: [UInt8], number attempt: Int) {}

    func note(_ note: JobNote, row id: [UInt8]) {}

    func noteCarriageReturn(row number: Int) { carriageReturns.append(number) }
}

/// A run of listed rows against a scripted server.
struct RunFixture {
    let server: ScriptedServer
    let kept = KeptRecords()
    let observer = NotedRun()
    var limits = RunLimits()
    var concurrency = ConcurrencyLimit(fixed: 4)
    var requestsPerMinute: Double?
    var tokensPerMinute: Double?
    var maxRetries = 5
    var baseURL = BaseURL.vendor
    var isUnexpected: ([UInt8]) -> Bool = { _ in false }

    init(_ respond: @escaping (String, Int) -> ScriptedServer.Response) {
        server = ScriptedServer(respond: respond)
    }

    /// Runs to the end.
    func run(_ rows: ListedRows) -> BatchJobs<ListedRows, RowRequests> {
        let task = RowRequests(
            connection, encoding: .json, compression: .none, streams: false, model: Array("m".utf8),
            isUnexpected: isUnexpected)
        return run(rows, by: task)
    }

    /// Whom requests go to.
    var connection: Connection {
        var connection = Connection(baseURL, key: nil, headers: [], maxResponseSize: 1 << 20)
        connection.retries.maxRetries = maxRetries
        connection.retries.retriesRefusedConnection = true
        return connection
    }

    /// Runs another task to the end.
    func run<Task: RowTask>(_ rows: ListedRows, by task: Task) -> BatchJobs<ListedRows, Task> {
        let clock = server.clock.clock
        let budget = RateBudget(
            requestsPerMinute: requestsPerMinute, tokensPerMinute: tokensPerMinute, now: clock.now())
        let jobs = BatchJobs(
            rows, into: KeepingSink(kept), by: task, RunPace(budget, concurrency), limits,
            total: rows.steps.count, observer: observer, clock
        ) { cause in
            switch cause {
            case .row(let error):
                RowFailure(kind: "usage", reason: "\(plain: error.reason)", error: .text(error.reason))
            case .request(let error):
                RowFailure(kind: "request", reason: Message(own: "\(error)"), error: .text("\(error)"))
            }
        }
        var queue = RetryQueue(jobs, connection.retries, clock, maxOpen: .max)
        queue.run(on: server, limits: TimeLimits())
        return queue.jobs
    }
}
