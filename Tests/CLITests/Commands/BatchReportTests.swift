import Platform
import Testing

@testable import Batch
@testable import CLI

@Suite("Summary of a batch")
struct BatchReportTests {
    @Test("rows, failures by kind, requests, latencies, tokens and cost")
    func notes() throws {
        var statistics = RunStatistics(total: 500, begin: 0)
        (statistics.succeeded, statistics.completedBefore, statistics.unexpected) = (480, 12, 2)
        for kind in ["server", "refused", "server"] { statistics.addFailure(kind) }
        (statistics.requests, statistics.retries, statistics.rateLimited) = (490, 7, 1)
        (statistics.promptTokens, statistics.completionTokens) = (4000, 16_000)
        for _ in 0..<100 { statistics.latencies.add(seconds: 0.2) }
        let price = try #require(ModelPrices.Price(prompt: "0.000001", completion: "0.000002"))
        let report = BatchReport(statistics, seconds: 12.5, price: price, .incomplete)
        let lines = report.notes.map { $0.text(masking: Secrets()) }
        #expect(lines.count == 3)
        #expect(
            lines[0]
                == "500 rows: 480 completed, 12 complete before, 3 failed (2 server, 1 refused), 2 unexpected, 5 left")
        #expect(lines[1].hasPrefix("490 requests (7 retries, 1 rate limited) in 12.5 s, 38 rows/s; latency p50 "))
        #expect(lines[2] == "4000 prompt + 16000 completion tokens, 1600 tokens/s; cost $0.036")
        let json = String(decoding: report.json.line(masking: Secrets()), as: UTF8.self)
        #expect(json.contains(#""failures":[{"kind":"server","count":2},{"kind":"refused","count":1}]"#))
        #expect(json.contains(#""exit_status":11}"#))
    }

    @Test("nothing is said of what was not done")
    func nothing() {
        let report = BatchReport(RunStatistics(total: 0, begin: 0), seconds: 0, price: nil, .done)
        #expect(report.notes.map { $0.text(masking: Secrets()) } == ["0 rows: 0 completed"])
    }
}
