import API
import Client
import JSON
import Platform
import Rendering

/// What a completion took, for `--usage`: tokens, times as seen here and as the server reports, rate limits, payload.
struct UsageReport {
    /// How the report is written.
    enum Form {
        case line
        case json
    }

    /// The response's last `usage` and `time_info`; nil where it had none.
    var usage: JSONView?
    var timeInfo: JSONView?
    var limits: [RateLimit] = []
    var requestID: String?
    /// Seconds from the request's start to the first token of a stream; nil for a whole response.
    var firstToken: Double?
    /// Seconds from the request's start to the end of the response; nil for a saved one.
    var total: Double?
    /// What was sent; nil for a saved response.
    var payload: Payload?
    /// What the tokens cost in US dollars; nil when their price is not known.
    var cost: Double?

    /// Writes it as requested; nil for not at all. Where all lines are JSON, so is this one.
    func write(_ form: Form?, to notes: Notes) {
        switch form {
        case .line where notes.writesJSON: notes.say(json)
        case .line: notes.say("cerebras: \(line)")
        case .json: notes.say(json)
        case nil: break
        }
    }

    /// `usage: 8 prompt (2 cached, 25 %) + 40 completion tokens; first token 7 ms, total 16 ms, 2500 tokens/s; ...`.
    private var line: Message {
        let parts: [Message?] =
            ["usage: \(tokens)", cost.map { "cost \(own: Self.dollars($0))" }, time, server] + limits.map(Self.words)
            + [payload.map { Message(own: $0.summary) }]
        return parts.compactMap(\.self).joined(separator: "; ")
    }

    /// The same for programs: figures as the server spelled them, seconds in full, `null` for what is not known.
    private var json: Report {
        let number = { (value: Double?) in value.map(Report.number) ?? .null }
        let copy = { (view: JSONView?) in view.map(Report.copy) ?? .null }
        return [
            "usage_report": [
                "usage": copy(usage),
                "time_info": copy(timeInfo),
                "time": [
                    "first_token": number(firstToken), "total": number(total), "tokens_per_second": number(speed),
                    "server_tokens_per_second": number(serverSpeed),
                ],
                "cost_usd": number(cost),
                "rate_limits": .list(limits.map(Self.json)),
                "request_id": .text(requestID),
                "payload": payload?.report ?? .null,
            ]
        ]
    }

    private var tokens: Message {
        let count = { (name: StaticString) -> Message in
            usage?[name]?.number.map { "\(plain: $0.digits)" } ?? "?"
        }
        let (prompt, completion) = (usage?["prompt_tokens_details"], usage?["completion_tokens_details"])
        let images = Self.some(usage?["image_tokens"] ?? prompt?["image_tokens"])
        let ofPrompt = Self.list([
            (prompt?["cached_tokens"]?.number?.digits, "cached\(cachedShare)"), (images, "image"),
        ])
        let ofCompletion = Self.list([
            (Self.some(completion?["reasoning_tokens"]), "reasoning"),
            (Self.some(completion?["accepted_prediction_tokens"]), "accepted prediction"),
            (Self.some(completion?["rejected_prediction_tokens"]), "rejected prediction"),
        ])
        return
            "\(count("prompt_tokens")) prompt\(ofPrompt) + \(count("completion_tokens")) completion tokens\(ofCompletion)"
    }

    /// A count as it is spelled; nil when it is not given, or zero.
    private static func some(_ count: JSONView?) -> String? {
        count?.number.flatMap { $0.double == 0 ? nil : $0.digits }
    }

    /// ` (3 cached, 2 image)`; empty without any.
    private static func list(_ parts: [(count: String?, name: Message)]) -> Message {
        let known = parts.compactMap { part -> Message? in part.count.map { "\(plain: $0) \(part.name)" } }
        return known.isEmpty ? "" : " (\(known.joined(separator: ", ")))"
    }

    /// `, 25 %` of the prompt's tokens; empty for none.
    private var cachedShare: Message {
        guard let cached = usage?["prompt_tokens_details"]?["cached_tokens"]?.double, cached > 0,
            let prompt = usage?["prompt_tokens"]?.double, prompt > 0
        else { return "" }
        return ", \(own: Decimal.format(100 * min(1, cached / prompt), places: 0)) %"
    }

    /// What was seen here; nil of a saved response.
    private var time: Message? {
        guard let total else { return nil }
        let first: Message = firstToken.map { "first token \(own: ElapsedTime.text($0)), " } ?? ""
        return "\(first)total \(own: ElapsedTime.text(total))\(Self.rate(speed))"
    }

    /// What the server says of its own time; nil when it says nothing.
    private var server: Message? {
        let parts: [Message?] = [
            timeInfo?["queue_time"]?.double.map { "queued \(own: ElapsedTime.text($0))" },
            timeInfo?["total_time"]?.double.map { "total \(own: ElapsedTime.text($0))\(Self.rate(serverSpeed))" },
        ]
        let known = parts.compactMap(\.self)
        return known.isEmpty ? nil : "server: \(known.joined(separator: ", "))"
    }

    private var completionTokens: Double? { usage?["completion_tokens"]?.double }

    /// Tokens per second over the whole of the request.
    private var speed: Double? { Self.quotient(completionTokens, total) }

    /// Tokens per second over the time that the server spent on them.
    private var serverSpeed: Double? { Self.quotient(completionTokens, timeInfo?["completion_time"]?.double) }

    private static func quotient(_ count: Double?, _ time: Double?) -> Double? {
        guard let count, let time, time > 0 else { return nil }
        return count / time
    }

    private static func rate(_ speed: Double?) -> Message {
        speed.map { ", \(own: Decimal.format($0, places: $0 < 10 ? 1 : 0)) tokens/s" } ?? ""
    }

    /// `$0.0012`: two significant digits, and no fewer places than cents have.
    static func dollars(_ cost: Double) -> String {
        var places = 2
        while places < 9, cost > 0, (cost * pow10(places)).rounded() < 10 { places += 1 }
        return "$" + Decimal.format(cost, places: places)
    }

    private static func pow10(_ places: Int) -> Double { (0..<places).reduce(1) { power, _ in power * 10 } }

    private static func words(_ limit: RateLimit) -> Message {
        let left = [limit.remaining, limit.limit].compactMap(\.self).map { "\(plain: $0)" as Message }
        let reset: Message = limit.reset.map { ", resets in \(own: ElapsedTime.text($0.rounded(.up)))" } ?? ""
        let amount = limit.remaining == nil ? left.joined() : "\(left.joined(separator: " of ")) left"
        return "\(plain: limit.name): \(amount)\(reset)"
    }

    private static func json(_ limit: RateLimit) -> Report {
        let text = { (text: String?) -> Report in
            text.flatMap(Double.init).map(Report.number) ?? .text(text)
        }
        return [
            "name": .text("\(raw: limit.name)"), "limit": text(limit.limit), "remaining": text(limit.remaining),
            "reset": limit.reset.map(Report.number) ?? .null,
        ]
    }
}
