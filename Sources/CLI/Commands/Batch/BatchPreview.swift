import Batch
import Client
import Platform
import Rendering

/// What `--dry-run` prints: how much a run would send, how long that takes at least, and what it costs.
struct BatchPreview {
    /// What a request without a limit of its own is counted as.
    private static let assumedTokens = 16_384

    private let options: BatchOptions
    private let shards: Double
    private let price: ModelPrices.Price?
    private var totals = TokenTotals()
    /// Rows to request, those that can't be, and those that the output file holds already.
    private var counts = (requests: 0, bad: 0, complete: 0)

    /// Reads the rows, and the output file if there is one.
    ///
    /// - Parameter price: of the model's tokens; nil when it is not known.
    /// - Throws: ``Failure`` when they can't be read.
    init(_ options: BatchOptions, _ rows: BatchRows, price: ModelPrices.Price?) throws(Failure) {
        (self.options, self.price) = (options, price)
        shards = Double(rows.shard?.count ?? 1)
        let hasResults = try Self.readResults(options.results, rows)
        if let scan = rows.scan, !hasResults {
            (totals, counts.requests, counts.bad) = (scan.tokens, scan.rowCount, scan.errorCount)
            return
        }
        var reader = rows.reader
        while true {
            switch try system(reader.next(waits: true)) {
            case .row(let row):
                if rows.scan?.table.isComplete(row.id) == true {
                    counts.complete += 1
                } else {
                    counts.requests += 1
                    totals.add(row)
                }
            case .error: counts.bad += 1
            case .pending: continue
            case .end: return
            }
        }
    }

    /// Notes in the table which rows an output file holds.
    ///
    /// - Returns: whether there is one.
    private static func readResults(_ options: ResultOptions, _ rows: BatchRows) throws(Failure) -> Bool {
        guard let scan = rows.scan, let file = options.file else { return false }
        let path = try rows.fill(file)
        let label: Message = "output file \(quoted: path)"
        guard let descriptor = try? Descriptor.open(path, label) else { return false }
        defer { Descriptor.close(descriptor) }
        guard Descriptor.position(of: descriptor) != nil else { return false }
        var verification = Verification(scan.table)
        try system(verification.read(descriptor, path))
        return true
    }

    private var promptTokens: Int { TokenEstimate().tokens(of: totals.prompts) }

    private var mostCompletionTokens: Double {
        Double(totals.maxCompletionTokens) + Double(totals.unlimitedCount * Self.assumedTokens)
    }

    /// A line for each figure.
    var lines: [Message] {
        var parts: [Message] = []
        if counts.complete > 0 { parts.append("\(counts.complete) complete") }
        if counts.bad > 0 { parts.append("\(counts.bad) can't be sent") }
        let detail: Message = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
        let unlimited: Message =
            totals.unlimitedCount > 0
            ? " (\(totals.unlimitedCount) rows set no limit, counted as \(Self.assumedTokens) each)" : ""
        var lines: [Message] = [
            "rows: \(counts.requests + counts.bad + counts.complete)\(detail)", "requests: \(counts.requests)",
            "prompt tokens: about \(promptTokens)",
            "completion tokens: up to \(own: Decimal.format(mostCompletionTokens, places: 0))\(unlimited)",
        ]
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
            requests: Double(counts.requests), tokens: Double(promptTokens) + mostCompletionTokens,
            requestsPerMinute: pace.requestsPerMinute.map { $0 / shards },
            tokensPerMinute: pace.tokensPerMinute.map { $0 / shards })
        return "time: at least \(own: ElapsedTime.text(seconds.rounded(.up))) (\(limits.joined(separator: ", ")))"
    }
}

extension RowTable {
    /// Whether a row's only record is of its success.
    fileprivate func isComplete(_ id: [UInt8]) -> Bool {
        index(of: IDDigest(of: id)).map { self[state: $0] == .done } == true
    }
}
