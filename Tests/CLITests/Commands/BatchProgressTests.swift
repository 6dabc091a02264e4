import Client
import Platform
import Synchronization
import Testing

@testable import Batch
@testable import CLI

@Suite("Progress of a batch")
struct BatchProgressTests {
    private final class Screen: Sendable {
        private let bytes = Mutex<[UInt8]>([])

        /// The last text that was shown.
        var text: String {
            let all = bytes.withLock { String(decoding: $0, as: UTF8.self) }
            return all.split(separator: "\r\u{1b}[K", omittingEmptySubsequences: false).last.map(String.init) ?? ""
        }

        func line() -> TerminalLine { TerminalLine { bytes in self.bytes.withLock { $0 += bytes } } }
    }

    private func statistics(total: Int?, succeeded: Int, failed: Int = 0, tokens: Int = 0) -> RunStatistics {
        var statistics = RunStatistics(total: total, begin: 0)
        statistics.succeeded = succeeded
        statistics.completionTokens = tokens
        let row = RunStatistics.FailedRow(id: [], number: 1, reason: "")
        for _ in 0..<failed { statistics.addFailure("server", of: row) }
        return statistics
    }

    private func activity(_ inFlight: Int, waiting: Int = 0, _ wait: RunActivity.Wait? = nil) -> RunActivity {
        RunActivity(inFlight: inFlight, waiting: waiting, wait: wait)
    }

    private func shown(
        columns: Int, _ updates: [(RunStatistics, RunActivity, Double)]
    ) -> String {
        let screen = Screen()
        let progress = BatchProgress(screen.line(), Notes(ProcessContext(error: -1))) { columns }
        for update in updates { _ = progress.update(update.0, update.1, now: update.2) }
        return screen.text
    }

    @Test("a line has a bar, counts, speeds and the time left")
    func line() {
        let text = shown(
            columns: 120,
            [
                (statistics(total: 1000, succeeded: 0), activity(4), 0),
                (statistics(total: 1000, succeeded: 245, failed: 5, tokens: 25_000), activity(64, waiting: 2), 10),
            ])
        #expect(
            text
                == "[#####---------------] 250/1000 rows, 5 failed, 64 in flight, 2 to retry, 25 rows/s, 2500 tokens/s, 30 s left"
        )
    }

    @Test(
        "it says what is waited for",
        arguments: [
            (RunActivity.Wait.limit("tokens per minute", until: 12.5), "waiting 3 s for tokens per minute"),
            (.server(until: 100), "waiting 1m 30s as the server asks"), (.input, "waiting for input"),
            (.output, "waiting for the reader"), (.ending, "finishing"),
        ])
    func waits(wait: RunActivity.Wait, words: String) {
        let text = shown(columns: 120, [(statistics(total: nil, succeeded: 7), activity(1, wait), 10)])
        #expect(text == "7 rows, 1 in flight, \(words)")
    }

    @Test("a narrow terminal gets what fits", arguments: 1...100)
    func narrow(columns: Int) {
        let text = shown(
            columns: columns,
            [
                (statistics(total: 1000, succeeded: 0), activity(4), 0),
                (statistics(total: 1000, succeeded: 245, failed: 5, tokens: 25_000), activity(64), 10),
            ])
        #expect(text.count < columns)
        if columns > 13 { #expect(text.contains("250/1000 rows")) }
    }

    @Test(
        "counts are short",
        arguments: [
            (0.44, "0.4"), (7.55, "7.6"), (512.4, "512"), (9999, "9999"), (12_345, "12.3k"), (1_234_567, "1.2M"),
        ])
    func counts(value: Double, text: String) {
        #expect(BatchProgress.count(value) == text)
    }
}
