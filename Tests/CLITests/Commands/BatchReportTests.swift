import Platform
import Testing

@testable import Batch
@testable import CLI

@Suite("Summary of a batch")
struct BatchReportTests {
    @Test("rows, failures by kind, requests, latencies, tokens and cost")
    func notes() throws {
        var statistics = RunStatistics(total: 500, completedBefore: 12, begin: 0)
        (statistics.succeeded, statistics.unexpected) = (480, 2)
        for (number, kind) in [(7, "server"), (8, "refused"), (9, "server")] {
            let id = Array((number == 8 ? "8" : "q\(number)").utf8)
            statistics.addFailure(kind, of: RunStatistics.FailedRow(id: id, number: number, reason: "no"))
        }
        (statistics.requests, statistics.retries, statistics.rateLimited) = (490, 7, 1)
        (statistics.promptTokens, statistics.completionTokens) = (4000, 16_000)
        for _ in 0..<100 { statistics.latencies.add(seconds: 0.2) }
        let price = try #require(ModelPrices.Price(prompt: "0.000001", completion: "0.000002"))
        let report = BatchReport(statistics, unit: "line", seconds: 12.5, price: price, .incomplete)
        let lines = report.notes.map { $0.text(masking: Secrets()) }
        #expect(lines.count == 6)
        #expect(lines[..<3] == ["row 'q7' (line 7) failed: no", "line 8 failed: no", "row 'q9' (line 9) failed: no"])
        #expect(
            lines[3]
                == "500 rows: 480 completed, 12 complete before, 3 failed (2 server, 1 refused), 2 unexpected, 5 left")
        #expect(lines[4].hasPrefix("490 requests (7 retries, 1 rate limited) in 12.5 s, 38 rows/s; latency p50 "))
        #expect(lines[5] == "4000 prompt + 16000 completion tokens, 1600 tokens/s; cost $0.036")
        let json = String(decoding: report.json().line(masking: Secrets()), as: UTF8.self)
        #expect(json.contains(#""failures":[{"kind":"server","count":2},{"kind":"refused","count":1}]"#))
        #expect(json.contains(#""exit_status":11}"#))
    }

    @Test("nothing is said of what was not done")
    func nothing() {
        let report = BatchReport(RunStatistics(total: 0, begin: 0), unit: "line", seconds: 0, price: nil, .done)
        #expect(report.notes.map { $0.text(masking: Secrets()) } == ["0 rows: 0 completed"])
    }

    @Test("one of a thing is called so, and of many failed rows the first are named")
    func counts() {
        var statistics = RunStatistics(total: 1, begin: 0)
        (statistics.requests, statistics.retries) = (1, 1)
        (statistics.promptTokens, statistics.completionTokens) = (1, 1)
        let one = BatchReport(statistics, unit: "line", seconds: 0, price: nil, .done).notes
        #expect(
            one.map { $0.text(masking: Secrets()) } == [
                "1 row: 0 completed, 1 left", "1 request (1 retry) in 0 s", "1 prompt + 1 completion token",
            ])
        for number in 1...7 {
            let row = RunStatistics.FailedRow(id: Array("\(number)".utf8), number: number, reason: "no")
            statistics.addFailure("refused", of: row)
        }
        let many = BatchReport(statistics, unit: "record", seconds: 0, price: nil, .incomplete).notes
        #expect(many[4] == "record 5 failed: no" && many[5] == "2 other rows failed")
    }
}
