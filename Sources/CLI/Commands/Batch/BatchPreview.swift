import Batch
import Client
import Platform
import Rendering

/// What `--dry-run` prints: how much a run would send, how long that takes at least, and what it costs.
struct BatchPreview {
    /// What a request without a limit of its own is counted as.
    private static let assumedTokens = 16_384

    private let options: BatchOptions
    private let totals: TokenTotals
    private let rowCount: Int
    private let errorCount: Int
    private let shards: Double
    private let price: ModelPrices.Price?

    /// - Parameter price: of the model's tokens; nil when it is not known.
    init(_ options: BatchOptions, _ rows: BatchRows, price: ModelPrices.Price?) throws(Failure) {
        (self.options, self.price) = (options, price)
        shards = Double(rows.shard?.count ?? 1)
        if let scan = rows.scan {
            (totals, rowCount, errorCount) = (scan.tokens, scan.rowCount, scan.errorCount)
        } else {
            var counted = TokenTotals()
            var (sendable, bad) = (0, 0)
            var reader = RowReader(rows.input, rows.parser, shard: rows.shard)
            loop: while true {
                switch try system(reader.next(waits: true)) {
                case .row(let row):
                    counted.add(row)
                    sendable += 1
                case .error: bad += 1
                case .pending: continue
                case .end: break loop
                }
            }
            (totals, rowCount, errorCount) = (counted, sendable, bad)
        }
    }

    private var promptTokens: Int { TokenEstimate().tokens(of: totals.prompts) }

    private var mostCompletionTokens: Double {
        Double(totals.maxCompletionTokens) + Double(totals.unlimitedCount * Self.assumedTokens)
    }

    /// A line for each figure.
    var lines: [Message] {
        let bad: Message = errorCount > 0 ? " (\(errorCount) can't be sent)" : ""
        var lines: [Message] = ["rows: \(rowCount + errorCount)\(bad)", "requests: \(rowCount)"]
        let unlimited: Message =
            totals.unlimitedCount > 0
            ? " (\(totals.unlimitedCount) rows set no limit, counted as \(Self.assumedTokens) each)" : ""
        lines.append("prompt tokens: about \(promptTokens)")
        lines.append("completion tokens: up to \(own: Decimal.format(mostCompletionTokens, places: 0))\(unlimited)")
        if let time { lines.append(time) }
        if let price {
            let prompt = Double(promptTokens) * price.prompt
            let most = prompt + mostCompletionTokens * price.completion
            lines.append("cost: \(own: UsageReport.dollars(prompt)) to \(own: UsageReport.dollars(most))")
        }
        return lines
    }

    /// The time at the limits that are given; nil where none is.
    private var time: Message? {
        let pace = options.pace
        let limits: [Message] = [
            pace.requestsPerMinute.map { "--rpm \(own: Decimal.format($0, places: 0))" },
            pace.tokensPerMinute.map { "--tpm \(own: Decimal.format($0, places: 0))" },
        ].compactMap(\.self)
        guard !limits.isEmpty else { return nil }
        let seconds = RateBudget.time(
            requests: Double(rowCount), tokens: Double(promptTokens) + mostCompletionTokens,
            requestsPerMinute: pace.requestsPerMinute.map { $0 / shards },
            tokensPerMinute: pace.tokensPerMinute.map { $0 / shards })
        return "time: at least \(own: ElapsedTime.text(seconds.rounded(.up))) (\(limits.joined(separator: ", ")))"
    }
}
