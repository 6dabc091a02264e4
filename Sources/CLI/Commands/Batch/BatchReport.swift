import Batch
import Platform
import Rendering

/// What a run came to: in notes for a person, and as JSON.
struct BatchReport {
    private let statistics: RunStatistics
    /// Seconds that the run took.
    private let seconds: Double
    /// What its tokens cost in US dollars; nil when their price is not known.
    private let cost: Double?
    private let status: ExitStatus

    init(_ statistics: RunStatistics, seconds: Double, price: ModelPrices.Price?, _ status: ExitStatus) {
        (self.statistics, self.seconds, self.status) = (statistics, seconds, status)
        cost = price.map {
            Double(statistics.promptTokens) * $0.prompt + Double(statistics.completionTokens) * $0.completion
        }
    }

    /// Two or three lines.
    var notes: [Message] {
        var lines = [rows]
        if statistics.requests > 0 { lines.append(requests) }
        if statistics.promptTokens + statistics.completionTokens > 0 { lines.append(tokens) }
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
        let total: Message = statistics.total.map { "\($0) row\(own: $0 == 1 ? "" : "s")" } ?? "rows"
        return "\(total): \(parts.joined(separator: ", "))"
    }

    /// Rows without an outcome; nil where it is not known.
    private var open: Int? { statistics.total.map { $0 - statistics.finished } }

    /// `492 requests (4 retries, 1 rate limited) in 12.5 s, 39 rows/s; latency p50 210 ms, p90 480 ms, p99 1.2 s`.
    private var requests: Message {
        var repeats: [String] = []
        if statistics.retries > 0 { repeats.append(Self.plural(statistics.retries, "retry", "retries")) }
        if statistics.rateLimited > 0 { repeats.append("\(statistics.rateLimited) rate limited") }
        var text = Self.plural(statistics.requests, "request", "requests")
        if !repeats.isEmpty { text += " (\(repeats.joined(separator: ", ")))" }
        text += " in \(ElapsedTime.text(seconds))"
        if seconds > 0 { text += ", \(BatchProgress.count(Double(statistics.succeeded) / seconds)) rows/s" }
        let latencies = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)].compactMap { name, share in
            statistics.latencies.quantile(share).map { "\(name) \(ElapsedTime.text($0))" }
        }
        if !latencies.isEmpty { text += "; latency \(latencies.joined(separator: ", "))" }
        return Message(own: text)
    }

    private var tokens: Message {
        let all = Double(statistics.promptTokens + statistics.completionTokens)
        let speed = seconds > 0 ? ", \(BatchProgress.count(all / seconds)) tokens/s" : ""
        let price: Message = cost.map { "; cost \(own: UsageReport.dollars($0))" } ?? ""
        return
            "\(statistics.promptTokens) prompt + \(statistics.completionTokens) completion tokens\(own: speed)\(price)"
    }

    private static func plural(_ count: Int, _ one: String, _ many: String) -> String {
        "\(count) \(count == 1 ? one : many)"
    }

    /// The same for programs; `null` for what is not known.
    var json: Report {
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
