import Batch
import Platform
import Rendering

/// What a run came to: in notes for a person, and as JSON.
struct BatchReport {
    private let statistics: RunStatistics
    /// What a row is called that has no id of its own.
    private let unit: String
    /// Seconds that the run took.
    private let seconds: Double
    /// What its tokens cost in US dollars; nil when their price is not known.
    private let cost: Double?
    private let status: ExitStatus

    /// - Parameter unit: what a row is called that has no id of its own, such as `line`.
    init(
        _ statistics: RunStatistics, unit: String, seconds: Double, price: ModelPrices.Price?, _ status: ExitStatus
    ) {
        (self.statistics, self.unit, self.seconds, self.status) = (statistics, unit, seconds, status)
        cost = price.map {
            Double(statistics.promptTokens) * $0.prompt + Double(statistics.completionTokens) * $0.completion
        }
    }

    /// The first failed rows, a line each, then two or three lines of numbers.
    var notes: [Message] {
        var lines = failedRows
        lines.append(rows)
        if statistics.requests > 0 { lines.append(requests) }
        if statistics.promptTokens + statistics.completionTokens > 0 { lines.append(tokens) }
        return lines
    }

    /// `row 'q7' (line 7) failed: 400 Bad Request`, and how many more there are.
    private var failedRows: [Message] {
        let named = statistics.firstFailed
        var lines = named.map { row -> Message in
            let hasOwnID = !row.id.elementsEqual(String(row.number).utf8)
            let place: Message = "\(own: unit) \(row.number)"
            return "\(hasOwnID ? "row \(quoted: row.id) (\(place))" : place) failed: \(row.reason)"
        }
        let rest = statistics.failed - named.count
        if rest > 0 { lines.append("\(count: rest, "other row") failed") }
        return lines
    }

    /// `500 rows: 485 completed, 12 complete before, 3 failed (2 refused, 1 timeout)`.
    private var rows: Message {
        var parts: [Message] = ["\(statistics.succeeded) completed"]
        if statistics.completedBefore > 0 { parts.append("\(statistics.completedBefore) complete before") }
        if statistics.failed > 0 {
            let kinds = statistics.failures.map { "\($0.count) \(own: $0.kind)" as Message }
            parts.append("\(statistics.failed) failed (\(kinds.joined(separator: ", ")))")
        }
        if statistics.unexpected > 0 { parts.append("\(statistics.unexpected) unexpected") }
        if let left = open, left > 0 { parts.append("\(left) left") }
        let total: Message = statistics.total.map { "\(count: $0, "row")" } ?? "rows"
        return "\(total): \(parts.joined(separator: ", "))"
    }

    /// Rows without an outcome; nil where it is not known.
    private var open: Int? { statistics.total.map { $0 - statistics.finished } }

    /// `492 requests (4 retries, 1 rate limited) in 12.5 s, 39 rows/s; latency p50 210 ms, p90 480 ms, p99 1.2 s`.
    private var requests: Message {
        var repeats: [Message] = []
        if statistics.retries > 0 { repeats.append("\(count: statistics.retries, "retry", plural: "retries")") }
        if statistics.rateLimited > 0 { repeats.append("\(statistics.rateLimited) rate limited") }
        var text = " in \(ElapsedTime.text(seconds))"
        if seconds > 0 { text += ", \(BatchProgress.count(Double(statistics.succeeded) / seconds)) rows/s" }
        let latencies = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)].compactMap { name, share in
            statistics.latencies.quantile(share).map { "\(name) \(ElapsedTime.text($0))" }
        }
        if !latencies.isEmpty { text += "; latency \(latencies.joined(separator: ", "))" }
        let detail: Message = repeats.isEmpty ? "" : " (\(repeats.joined(separator: ", ")))"
        return "\(count: statistics.requests, "request")\(detail)\(own: text)"
    }

    private var tokens: Message {
        let all = Double(statistics.promptTokens + statistics.completionTokens)
        let speed = seconds > 0 ? ", \(BatchProgress.count(all / seconds)) tokens/s" : ""
        let price: Message = cost.map { "; cost \(own: UsageReport.dollars($0))" } ?? ""
        return
            "\(statistics.promptTokens) prompt + \(count: statistics.completionTokens, "completion token")\(own: speed)\(price)"
    }

    /// The same for programs; `null` for what is not known.
    ///
    /// - Parameter members: what the task reports besides.
    func json(with members: [Report.Member] = []) -> Report {
        guard case .object(let own) = json else { return json }
        return .object(own + members.map { ($0.name, $0.value) })
    }

    private var json: Report {
        let number = { (value: Double?) in value.map(Report.number) ?? .null }
        let integer = { (value: Int?) in value.map(Report.integer) ?? .null }
        let kinds = statistics.failures.map { failure -> Report in
            ["kind": .text(Message(own: failure.kind)), "count": .integer(failure.count)]
        }
        return [
            "rows": [
                "total": integer(statistics.total), "completed": .integer(statistics.succeeded),
                "complete_before": .integer(statistics.completedBefore), "failed": .integer(statistics.failed),
                "unexpected": .integer(statistics.unexpected), "left": integer(open),
            ],
            "failures": .list(kinds),
            "requests": [
                "sent": .integer(statistics.requests), "retries": .integer(statistics.retries),
                "rate_limited": .integer(statistics.rateLimited),
            ],
            "tokens": [
                "prompt": .integer(statistics.promptTokens), "completion": .integer(statistics.completionTokens),
            ],
            "latency": [
                "p50": number(statistics.latencies.quantile(0.5)), "p90": number(statistics.latencies.quantile(0.9)),
                "p99": number(statistics.latencies.quantile(0.99)),
            ],
            "seconds": .number(seconds),
            "cost_usd": number(cost),
            "exit_status": .integer(Int(status.rawValue)),
        ]
    }
}
