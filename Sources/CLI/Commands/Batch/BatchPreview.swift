import Batch
import Client
import Platform
import Rendering

/// What `--dry-run` prints: how much a run would send, how long that takes at least, and what it costs.
struct BatchPreview {
    private let pace: PaceOptions
    /// What the input calls a row.
    private let unit: String
    private let redoesChanged: Bool
    private let shards: Double
    private let price: ModelPrices.Price?
    private var totals = TokenTotals()
    /// Rows to request, those that can't be, those that the output file holds already, and those to request of which it holds
    /// only results of other requests.
    private var counts = (open: 0, bad: 0, complete: 0, changed: 0)
    /// What is wrong with the first rows that can't be sent.
    private var firstErrors: [RowError] = []
    /// The first row whose prompt ends in a carriage return; nil for none.
    private(set) var firstCarriageReturn: Int?
    /// The rows that the token budget is enough for, and the tokens that they are counted as; no more once one has none left.
    private var budgeted = (rows: 0, tokens: 0.0, isOver: false)

    /// Reads the rows of a run, and prints what it would send.
    ///
    /// - Throws: ``Failure`` when they can't be read.
    static func print<Options: RowsOptions>(_ run: CommandRun<Options>) throws(Failure) {
        let options = run.options
        let price = ModelPrices.price(of: options.request.model, at: options.connection.baseURL, run.context)
        let preview = try BatchPreview(options, try BatchRows(options, run), price: price)
        if let number = preview.firstCarriageReturn { run.notes.note(BatchProgress.carriageReturnNote(row: number)) }
        let text = preview.lines.map { $0.text(masking: run.notes.secrets) + "\n" }.joined()
        try run.print(Array(text.utf8))
    }

    /// Reads the rows, and the output file if there is one.
    ///
    /// - Parameter price: of the model's tokens; nil when it is not known.
    /// - Throws: ``Failure`` when they can't be read.
    init(_ options: some RowsOptions, _ rows: BatchRows, price: ModelPrices.Price?) throws(Failure) {
        (pace, unit, self.price) = (options.pace, rows.unit, price)
        redoesChanged = options.results.journal.redoesChanged
        shards = Double(rows.shard?.count ?? 1)
        let hasResults = try Self.readResults(options.results, rows, options.kind)
        if let scan = rows.scan, !hasResults, options.pace.tokenBudget == nil {
            (totals, counts.open, counts.bad) = (scan.tokens, scan.rowCount, scan.errorCount)
            (firstErrors, firstCarriageReturn) = (scan.firstErrors, scan.firstCarriageReturn)
            return
        }
        var reader = rows.reader(passesDone: true)
        while true {
            switch try system(reader.next(waits: true)) {
            case .row(let row):
                let state = rows.scan?.table.state(of: row.id)
                if state == .done {
                    counts.complete += 1
                } else {
                    if state == .changed { counts.changed += 1 }
                    add(row)
                }
            case .done: counts.complete += 1
            case .error(let error):
                counts.bad += 1
                if firstErrors.count < InputScan.keptCount { firstErrors.append(error) }
            case .blank, .pending: continue
            case .end: return
            }
        }
    }

    private mutating func add(_ row: Row) {
        counts.open += 1
        totals.add(row)
        if row.endsInCarriageReturn { firstCarriageReturn = firstCarriageReturn ?? row.number }
        guard let budget = pace.tokenBudget, !budgeted.isOver else { return }
        let tokens = row.countedTokens(promptTokens: TokenEstimate().tokens(of: row.promptSize))
        budgeted.isOver = budgeted.tokens + tokens > Double(budget)
        if !budgeted.isOver { budgeted = (budgeted.rows + 1, budgeted.tokens + tokens, false) }
    }

    /// Notes in the table which rows an output file holds.
    ///
    /// - Returns: whether there is one.
    private static func readResults(
        _ options: ResultOptions, _ rows: BatchRows, _ kind: RecordKind
    ) throws(Failure) -> Bool {
        guard let scan = rows.scan, let file = options.file else { return false }
        let path = try rows.fill(file)
        let label: Message = "output file \(quoted: path)"
        guard let descriptor = try? Descriptor.open(path, label) else { return false }
        defer { Descriptor.close(descriptor) }
        guard Descriptor.position(of: descriptor) != nil else { return false }
        var survey = ResultSurvey(scan.table, of: kind)
        try system(survey.read(descriptor, label))
        return true
    }

    private var promptTokens: Int { TokenEstimate().tokens(of: totals.prompts) }

    /// As many as an integer holds, where there are more.
    private var mostCompletionTokens: Int {
        let (sum, isTooMany) = totals.maxCompletionTokens.addingReportingOverflow(
            totals.unlimitedCount * Row.assumedTokens)
        return isTooMany ? .max : sum
    }

    /// A line for each figure.
    var lines: [Message] {
        var parts: [Message] = []
        if counts.complete > 0 { parts.append("\(counts.complete) complete") }
        if counts.changed > 0 {
            let refusal: Message = redoesChanged ? "" : ", refused without --redo-changed"
            parts.append("\(counts.changed) changed\(refusal)")
        }
        if counts.bad > 0 { parts.append("\(counts.bad) can't be sent") }
        let detail: Message = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
        let unlimitedCount = totals.unlimitedCount
        let unlimited: Message =
            unlimitedCount > 0
            ? " (\(count: unlimitedCount, "row") without a limit, counted as \(Row.assumedTokens) each)" : ""
        var lines: [Message] = ["rows: \(counts.open + counts.bad + counts.complete)\(detail)"]
        lines += badRows
        lines += [
            "requests: \(totals.requestCount)", "prompt tokens: about \(promptTokens)",
            "completion tokens: up to \(mostCompletionTokens)\(unlimited)",
        ]
        lines += limits
        if let time { lines.append(time) }
        if let price {
            let prompt = Double(promptTokens) * price.prompt
            let most = prompt + Double(mostCompletionTokens) * price.completion
            lines.append("cost: \(own: UsageReport.dollars(prompt)) to \(own: UsageReport.dollars(most))")
        }
        return lines
    }

    /// A line for each of the first rows that can't be sent.
    private var badRows: [Message] {
        let named = firstErrors.map {
            "  \(own: unit) \($0.number): \(plain: $0.reason)" as Message
        }
        let rest = counts.bad - named.count
        return rest > 0 ? named + ["  and \(rest) more"] : named
    }

    /// How far requests and tokens go that are given.
    private var limits: [Message] {
        var lines: [Message] = []
        if let most = pace.maxRequests {
            let noun = totals.requestCount == counts.open ? "row" : "request"
            let reach: Message = "\(min(most, totals.requestCount)) of \(count: totals.requestCount, noun)"
            lines.append("--max-requests \(most): enough for \(reach), fewer with retries")
        }
        if let most = pace.tokenBudget {
            let reach: Message = "\(budgeted.rows) of \(count: counts.open, "row")"
            lines.append("--token-budget \(most): enough for \(reach), more if completions are short")
        }
        return lines
    }

    /// The time at the limits that are given; nil where none is.
    private var time: Message? {
        let limits: [Message] = [
            pace.requestsPerMinute.map { "--rpm \(own: Decimal.format($0, places: 0))" },
            pace.tokensPerMinute.map { "--tpm \(own: Decimal.format($0, places: 0))" },
        ].compactMap(\.self)
        guard !limits.isEmpty else { return nil }
        let seconds = RateBudget.time(
            requests: Double(totals.requestCount), tokens: Double(promptTokens) + Double(mostCompletionTokens),
            requestsPerMinute: pace.requestsPerMinute.map { $0 / shards },
            tokensPerMinute: pace.tokensPerMinute.map { $0 / shards })
        return "time: at least \(own: ElapsedTime.text(seconds.rounded(.up))) (\(limits.joined(separator: ", ")))"
    }
}

extension RowTable {
    /// How far a row has come; nil for one that is not in the table.
    fileprivate func state(of id: [UInt8]) -> RowState? {
        index(of: IDDigest(of: id)).map { self[state: $0] }
    }
}
