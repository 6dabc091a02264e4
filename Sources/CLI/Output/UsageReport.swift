import API
import JSON
import Platform
import Rendering

/// What an answer took, for `--usage`: tokens, times as seen here and as the server reports, rate limits, payload.
struct UsageReport {
    /// How the report is written.
    enum Form {
        case line
        case json
    }

    /// The reply's last `usage` and `time_info`; nil where it told none.
    var usage: JSONView?
    var timeInfo: JSONView?
    var limits: [RateLimit] = []
    var requestID: String?
    /// Seconds from the request's start to the first token of a stream; nil for a whole reply.
    var firstToken: Double?
    /// Seconds from the request's start to the end of the reply; nil for a saved one.
    var total: Double?
    /// What was sent; nil for a saved reply.
    var payload: Payload?

    /// Tells it as it was asked for; nil for not at all.
    func tell(_ form: Form?, to notes: Notes) {
        switch form {
        case .line: notes.say("cerebras: \(line)")
        case .json: notes.say(json: json)
        case nil: break
        }
    }

    /// `usage: 7 prompt (3 cached) + 40 completion tokens; 0.21 s to the first, 0.40 s in all, ...`.
    private var line: String {
        let parts = ["usage: \(tokens)", time, server] + limits.map(Self.words) + [payload?.summary]
        return parts.compactMap(\.self).joined(separator: "; ")
    }

    /// The same for programs: figures as the server spelled them, seconds in full, `null` for what is not known.
    private var json: [UInt8] {
        let number = { (value: Double?) in value.map(JSONValue.double) ?? .null }
        let copy = { (view: JSONView?) in view.map(JSONValue.init) ?? .null }
        let report: JSONValue = [
            "usage": copy(usage),
            "time_info": copy(timeInfo),
            "time": [
                "first_token": number(firstToken), "total": number(total), "tokens_per_second": number(speed),
                "server_tokens_per_second": number(serverSpeed),
            ],
            "rate_limits": .array(limits.map(Self.json)),
            "request_id": requestID.map(JSONValue.text) ?? .null,
            "payload": payload?.json ?? .null,
        ]
        return JSONValue.object([JSONMember("usage_report", report)]).jsonBytes + [UInt8(ascii: "\n")]
    }

    private var tokens: String {
        let count = { (name: StaticString) in usage?[name]?.number?.digits ?? "?" }
        let cached = usage?["prompt_tokens_details"]?["cached_tokens"]?.number?.digits
        let prompt = count("prompt_tokens") + " prompt" + (cached.map { " (\($0) cached)" } ?? "")
        return "\(prompt) + \(count("completion_tokens")) completion tokens"
    }

    /// What was seen here; nil of a saved reply.
    private var time: String? {
        guard let total else { return nil }
        let first = firstToken.map { "\(Self.seconds($0)) to the first, " } ?? ""
        return "\(first)\(Self.seconds(total)) in all" + Self.rate(speed)
    }

    /// What the server says of its own time; nil when it says nothing.
    private var server: String? {
        let parts = [
            timeInfo?["queue_time"]?.double.map { "\(Self.seconds($0)) queued" },
            timeInfo?["total_time"]?.double.map { "\(Self.seconds($0)) in all" + Self.rate(serverSpeed) },
        ]
        let told = parts.compactMap(\.self)
        return told.isEmpty ? nil : "by the server \(told.joined(separator: ", "))"
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

    private static func rate(_ speed: Double?) -> String {
        speed.map { ", \(Decimal.format($0, places: $0 < 10 ? 1 : 0)) tokens/s" } ?? ""
    }

    /// Three decimals below ten seconds, one above.
    private static func seconds(_ time: Double) -> String { "\(Decimal.format(time, places: time < 10 ? 3 : 1)) s" }

    private static func words(_ limit: RateLimit) -> String {
        let left = [limit.remaining, limit.limit].compactMap(\.self).map { VisibleText.escape($0) }
        let reset = limit.reset.map { ", whole again in \(Decimal.format($0, places: 0)) s" } ?? ""
        let amount = limit.remaining == nil ? left.joined() : left.joined(separator: " of ") + " left"
        return "\(VisibleText.escape(limit.name)): \(amount)\(reset)"
    }

    private static func json(_ limit: RateLimit) -> JSONValue {
        let text = { (text: String?) in text.map { text in Double(text).map(JSONValue.double) ?? .text(text) } ?? .null
        }
        return [
            "name": .text(limit.name), "limit": text(limit.limit), "remaining": text(limit.remaining),
            "reset": limit.reset.map(JSONValue.double) ?? .null,
        ]
    }
}
