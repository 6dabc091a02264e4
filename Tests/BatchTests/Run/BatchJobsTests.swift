import API
import Client
import HTTP
import Platform
import Testing

@testable import Batch

@Suite("Rows of a batch run")
struct BatchJobsTests {
    typealias Response = ScriptedServer.Response

    private let hundred = (0..<100).map { "p\($0)" }

    private func failure(_ status: Int, _ body: String = "{}", _ headers: String...) -> Response {
        Response(status: status, headers: headers, body: body)
    }

    @Test("each row is requested once, no more at a time than may be, and recorded")
    func all() {
        let fixture = RunFixture { _, _ in Response() }
        let jobs = fixture.run(ListedRows(hundred))
        #expect(jobs.isComplete && fixture.kept.done.sorted() == hundred.sorted())
        #expect(fixture.server.requests.map(\.prompt) == hundred && fixture.server.mostInFlight == 4)
        let statistics = jobs.statistics
        #expect(statistics.succeeded == 100 && statistics.requests == 100 && statistics.failed == 0)
        #expect(statistics.promptTokens == 1000 && statistics.completionTokens == 500)
        #expect(statistics.latencies.quantile(0.5).map { abs($0 - 1) < 0.03 } == true)
    }

    @Test("what fails by chance is tried again; what the row is to blame for is recorded")
    func retries() {
        let fixture = RunFixture { prompt, attempt in
            switch prompt {
            case "p3" where attempt < 5: failure(503)
            case "p5": failure(400, #"{"message":"too long","code":"x"}"#)
            case "p7": failure(500)
            default: Response()
            }
        }
        let jobs = fixture.run(ListedRows(hundred))
        #expect(fixture.kept.failed.sorted() == ["p5", "p7"] && fixture.kept.done.count == 98)
        #expect(fixture.server.attempts("p3") == 6 && fixture.server.attempts("p5") == 1)
        #expect(fixture.server.attempts("p7") == 6 && jobs.statistics.retries == 10 && jobs.isComplete)
        let record = fixture.kept.records.first { $0.record.id == Array("p5".utf8) }?.record
        #expect(record?.response?.statusCode == 400)
        #expect(
            record.map { String(decoding: $0.response?.body ?? [], as: UTF8.self) }
                == #"{"message":"too long","code":"x"}"#)
    }

    @Test(
        "what no row is to blame for ends the run, and no row has failed",
        arguments: [
            Response(status: 401, body: #"{"message":"Wrong API Key"}"#), Response(status: 402, body: "{}"),
            Response(status: 403, body: "{}"),
            Response(status: 404, body: #"{"code":"model_not_found","message":"x"}"#),
            Response(error: .connect("refused")), Response(error: .nothingListens), Response(error: .resolve("no")),
            Response(status: 429, headers: ["retry-after: 7200"], body: "{}"), Response(status: 302),
        ])
    func stops(response: Response) {
        let fixture = RunFixture { prompt, _ in prompt < "p2" ? Response() : response }
        let jobs = fixture.run(ListedRows(hundred))
        guard case .failure? = jobs.stop else {
            Issue.record("not stopped")
            return
        }
        #expect(!jobs.isComplete && jobs.statistics.failed == 0 && fixture.kept.failed.isEmpty)
        #expect(fixture.server.requests.count < 100)
    }

    @Test("a model that a row names itself is the row's to blame")
    func ownModel() {
        let fixture = RunFixture { _, _ in failure(404, #"{"code":"model_not_found","message":"x"}"#) }
        #expect(fixture.run(ListedRows(["a", "b"], model: "other")).statistics.failed == 2)
    }

    @Test("a server that fails every row is taken to be down")
    func down() {
        var fixture = RunFixture { _, _ in failure(500) }
        fixture.maxRetries = 0
        let jobs = fixture.run(ListedRows((0..<200).map { "p\($0)" }))
        guard case .failure? = jobs.stop else {
            Issue.record("not stopped")
            return
        }
        #expect(jobs.statistics.failed < 60)
    }

    @Test("a wait that the server asks for is one wait for all rows")
    func sharedWait() {
        let fixture = RunFixture { prompt, attempt in
            prompt == "p5" && attempt == 0 ? failure(429, "{}", "retry-after: 30") : Response()
        }
        let jobs = fixture.run(ListedRows(hundred))
        let times = fixture.server.requests.map(\.time)
        let refused = times[5] + 1
        #expect(!times.contains { $0 > refused && $0 < refused + 30 } && times.contains { $0 >= refused + 30 })
        #expect(jobs.isComplete && fixture.observer.waits.contains { if case .server = $0 { true } else { false } })
    }

    @Test("requests keep to a limit, and start in full again after it was used up")
    func rate() {
        var fixture = RunFixture { _, _ in Response(latency: 0.1) }
        fixture.requestsPerMinute = 30
        _ = fixture.run(ListedRows(hundred))
        let times = fixture.server.requests.map(\.time)
        // 30 at once, and then one every 2 s.
        #expect(times.count == 100 && abs((times.last ?? 0) - (times.first ?? 0) - 140) < 1.5)
    }

    @Test("a row that asks for more than a limit holds fails alone, and holds up no other")
    func overLimit() {
        var fixture = RunFixture { prompt, _ in
            prompt == "p0"
                ? failure(429, #"{"code":"token_quota_exceeded","message":"x"}"#, "x-should-retry: false")
                : Response()
        }
        fixture.tokensPerMinute = 10_000
        var rows = ListedRows(["p1", "p2", "p3"])
        rows.steps.insert(.row(ListedRows.row("p0", number: 4, maxTokens: 20_000)), at: 0)
        let jobs = fixture.run(rows)
        let times = fixture.server.requests.map(\.time)
        #expect(jobs.isComplete && fixture.kept.failed == ["p0"] && (times.last ?? 0) - (times.first ?? 0) < 5)
    }

    @Test("after so many requests the run ends, retries among them")
    func maxRequests() {
        var fixture = RunFixture { prompt, attempt in prompt == "p1" && attempt == 0 ? failure(503) : Response() }
        fixture.limits.maxRequests = 10
        let jobs = fixture.run(ListedRows(hundred))
        guard case .requestLimit(10)? = jobs.stop else {
            Issue.record("not stopped")
            return
        }
        #expect(fixture.server.requests.count == 10 && fixture.kept.done.count + fixture.kept.failed.count <= 10)
    }

    @Test("no more tokens are used than the budget has, counted at their most before they are known")
    func tokenBudget() {
        var fixture = RunFixture { _, _ in
            Response(body: ScriptedServer.completion(of: "ok", prompt: 1, completion: 19))
        }
        fixture.limits.tokenBudget = 500
        let jobs = fixture.run(ListedRows(hundred))
        let used = jobs.statistics.promptTokens + jobs.statistics.completionTokens
        #expect(used <= 500 && used >= 460, "\(used)")
        guard case .tokenBudget(500, nil)? = jobs.stop else {
            Issue.record("not stopped")
            return
        }
    }

    @Test("a wish to end lets what is in flight finish, and begins nothing")
    func interrupted() {
        let fixture = RunFixture { prompt, attempt in prompt == "p9" && attempt == 0 ? failure(503) : Response() }
        var limited = fixture
        limited.limits.endSignal = { fixture.server.requests.count >= 12 ? StopSignals.interrupt : nil }
        let jobs = limited.run(ListedRows(hundred))
        guard case .interrupted? = jobs.stop else {
            Issue.record("not stopped")
            return
        }
        // The retry that was waiting is left out.
        #expect(fixture.server.requests.count == 12 && limited.kept.done.count == 11 && limited.kept.failed.isEmpty)
    }

    @Test("a signal to terminate lets what is in flight finish for 20 seconds, and has it dropped then")
    func terminated() {
        let fixture = RunFixture { prompt, _ in Response(latency: prompt == "p2" ? 15 : prompt == "p3" ? 1000 : 1) }
        var drops: [Double] = []
        let clock = fixture.server.clock.clock
        var limited = fixture
        limited.limits.endSignal = { fixture.server.requests.count >= 4 ? StopSignals.terminate : nil }
        limited.limits.drop = { drops.append(clock.now()) }
        let begin = clock.now()
        let jobs = limited.run(ListedRows(hundred))
        guard case .interrupted(StopSignals.terminate)? = jobs.stop else {
            Issue.record("not stopped")
            return
        }
        #expect(fixture.server.requests.count == 4 && fixture.kept.done.count == 4)
        #expect(fixture.observer.endings.map(\.inFlight) == [4] && fixture.observer.endings.first?.seconds == 20)
        #expect(drops.count == 1 && abs(drops[0] - begin - 20) < 2, "\(drops)")
    }

    @Test("a row that no budget of tokens is enough for is named")
    func largeRow() {
        var fixture = RunFixture { _, _ in Response() }
        fixture.limits.tokenBudget = 10
        guard case .tokenBudget(10, (id: Array("p0".utf8), tokens: 21...30)?)? = fixture.run(ListedRows(hundred)).stop
        else {
            Issue.record("not stopped")
            return
        }
        #expect(fixture.server.requests.isEmpty)
    }

    @Test("an order to stop drops what is in flight")
    func stopped() {
        let fixture = RunFixture { _, _ in Response() }
        fixture.server.atWait = { $0.requests.count >= 12 ? .stopped : nil }
        let jobs = fixture.run(ListedRows(hundred))
        guard case .stopped? = jobs.stop else {
            Issue.record("not stopped")
            return
        }
        #expect(fixture.kept.done.count == 8 && jobs.statistics.failed == 0)
    }

    @Test("an output that can't be written ends the run, and what comes is counted as lost")
    func fullDisk() throws {
        let fixture = RunFixture { _, _ in Response() }
        fixture.kept.capacity = 20
        let jobs = fixture.run(ListedRows(hundred))
        guard case .output? = jobs.stop else {
            Issue.record("not stopped")
            return
        }
        #expect(fixture.kept.records.count == 20 && jobs.sink.lostCount >= 1 && jobs.sink.lostCount <= 4)
        #expect(fixture.server.requests.count <= 24)
        // What is counted as completed is there.
        var ended = jobs
        try ended.finish()
        #expect(ended.statistics.succeeded == 20)
    }

    @Test("no row is begun that the output has no room for")
    func window() {
        var fixture = RunFixture { prompt, _ in Response(latency: prompt == "p0" ? 50 : 1) }
        fixture.concurrency = ConcurrencyLimit(fixed: 10)
        fixture.kept.window = 16
        let jobs = fixture.run(ListedRows(hundred))
        let begin = fixture.server.requests[0].time
        #expect(fixture.server.requests.count { $0.time < begin + 49 } == 16 && jobs.isComplete)
        #expect(fixture.observer.waits.contains(.output))
    }

    @Test("bad rows and rows of an earlier run take no request")
    func mixed() {
        var rows = ListedRows(["a", "b"])
        rows.steps.insert(.error(RowError(number: 9, id: Array("bad".utf8), reason: "no prompt")), at: 1)
        rows.steps.insert(contentsOf: Array(repeating: .completed(isUnexpected: true), count: 1000), at: 1)
        let fixture = RunFixture { _, _ in Response() }
        let jobs = fixture.run(rows)
        #expect(fixture.server.requests.count == 2 && fixture.kept.failed == ["bad"] && jobs.isComplete)
        #expect(
            jobs.statistics.completedBefore == 1000 && jobs.statistics.unexpected == 1000
                && jobs.statistics.failures.map(\.kind) == ["usage"])
        #expect(fixture.kept.records.map(\.row).sorted() == [0, 1, 2])
    }

    @Test("rows that set no limit on their tokens are told of once")
    func unlimited() {
        let fixture = RunFixture { _, _ in Response() }
        _ = fixture.run(ListedRows(["a", "b", "c"], maxTokens: nil))
        #expect(fixture.observer.unlimited == [1])
    }

    @Test("rows that set no limit on their tokens are not told of where no server limits them")
    func unlimitedElsewhere() throws {
        var fixture = RunFixture { _, _ in Response() }
        fixture.baseURL = try BaseURL(parsing: Array("http://localhost:8000".utf8))
        _ = fixture.run(ListedRows(["a", "b", "c"], maxTokens: nil))
        #expect(fixture.observer.unlimited == [])
        fixture.tokensPerMinute = 1_000_000
        _ = fixture.run(ListedRows(["a", "b", "c"], maxTokens: nil))
        #expect(fixture.observer.unlimited == [1])
    }

    @Test("completions that are not as expected are counted, and recorded as done")
    func unexpected() {
        var fixture = RunFixture { prompt, _ in Response(body: ScriptedServer.completion(of: prompt)) }
        fixture.isUnexpected = { String(decoding: $0, as: UTF8.self).contains("p1") }
        let jobs = fixture.run(ListedRows(["p0", "p1", "p2"]))
        #expect(jobs.statistics.unexpected == 1 && fixture.kept.done.count == 3)
    }

    @Test("a row of several requests has one record, when all responses and those that they ask for have come")
    func severalRequests() {
        let fixture = RunFixture { prompt, attempt in
            prompt == "b/1" && attempt < 2 ? failure(503) : Response(latency: prompt.hasSuffix("/2") ? 5 : 1)
        }
        let jobs = fixture.run(ListedRows(["a", "b", "c"]), by: fixture.task(parts: 3, asksAgain: ["b", "c"]))
        #expect(jobs.isComplete && fixture.kept.done.sorted() == ["a", "b", "c"] && jobs.statistics.succeeded == 3)
        #expect(fixture.server.requests.count == 3 * 3 + 2 + 2 && jobs.statistics.requests == 13)
        #expect(fixture.server.attempts("c/3") == 1 && jobs.statistics.promptTokens == 11 * 10)
        let lines = fixture.kept.records.map { String(decoding: $0.record.line, as: UTF8.self) }
        #expect(
            lines.contains {
                $0.hasPrefix(#"{"id":"score_"#) && $0.hasSuffix(#","scores":[0,1,2,3],"error":null}"# + "\n")
            })
    }

    @Test("one request that fails is the row's failure, recorded once; what it had not sent is left out")
    func partFails() {
        var fixture = RunFixture { prompt, _ in
            ["a/0", "a/1"].contains(prompt) ? failure(400, #"{"message":"no"}"#) : Response()
        }
        fixture.concurrency = ConcurrencyLimit(fixed: 2)
        let jobs = fixture.run(ListedRows(["a", "b"]), by: fixture.task(parts: 4))
        #expect(jobs.isComplete && fixture.kept.failed == ["a"] && fixture.kept.done == ["b"])
        #expect(fixture.server.attempts("a/3") == 0 && jobs.statistics.failed == 1)
    }

    @Test("no row is begun whose requests are more than may be sent, or whose tokens are")
    func wholeRows() {
        var fixture = RunFixture { _, _ in Response() }
        fixture.limits.maxRequests = 7
        let jobs = fixture.run(ListedRows(hundred), by: fixture.task(parts: 3))
        guard case .requestLimit(7)? = jobs.stop else {
            Issue.record("not stopped")
            return
        }
        #expect(fixture.server.requests.count == 6 && fixture.kept.done == ["p0", "p1"])
        fixture = RunFixture { _, _ in Response(body: ScriptedServer.completion(of: "ok", prompt: 1, completion: 1)) }
        fixture.limits.tokenBudget = 100
        let few = fixture.run(ListedRows(hundred), by: fixture.task(parts: 3))
        guard case .tokenBudget(100, _)? = few.stop else {
            Issue.record("not stopped")
            return
        }
        #expect(fixture.server.requests.count == 3 * fixture.kept.done.count && !fixture.kept.done.isEmpty)
    }

    @Test("a task that finds nothing good in one response after the other ends the run, and the rows have failed")
    func taskFails() {
        let fixture = RunFixture { _, _ in Response() }
        let jobs = fixture.run(ListedRows(hundred), by: fixture.task(parts: 1, isDown: true))
        guard case .task? = jobs.stop else {
            Issue.record("not stopped")
            return
        }
        #expect(jobs.statistics.failed >= 50 && jobs.statistics.failed < 60 && !jobs.isComplete)
    }
}
