/// One of the limits that a response's headers state: `x-ratelimit-{limit,remaining,reset}-requests-day` and the like.
public struct RateLimit: Equatable, Sendable {
    /// What is limited and over which time, such as `requests per day`, read off the headers' ending.
    public let name: String
    /// How much there is in all, as received; nil if unknown.
    public internal(set) var limit: String?
    /// How much is left, as received; nil if unknown.
    public internal(set) var remaining: String?
    /// Seconds until it resets; nil if unknown.
    public internal(set) var reset: Double?

    /// Whether nothing is left of it until it resets.
    public var isUsedUp: Bool { remaining.flatMap(Double.init).map { $0 <= 0 } ?? false }

    /// Reads every limit, in the order in which they first appear (API page, "Response headers").
    ///
    /// - Parameter headers: names in any case, and values.
    public static func read(_ headers: [(name: String, value: String)]) -> [RateLimit] {
        var limits: [RateLimit] = []
        for header in headers {
            let parts = header.name.lowercased().split(separator: "-")
            guard parts.count >= 4, parts[0] == "x", parts[1] == "ratelimit" else { continue }
            let name = name(of: parts[3...])
            let index = limits.firstIndex { $0.name == name } ?? limits.endIndex
            if index == limits.endIndex { limits.append(RateLimit(name: name)) }
            switch parts[2] {
            case "limit": limits[index].limit = header.value
            case "remaining": limits[index].remaining = header.value
            case "reset": limits[index].reset = Double(header.value).flatMap { $0.isFinite ? $0 : nil }
            default: break
            }
        }
        return limits
    }

    /// `uncached tokens per minute` of `uncached-tokens-minute`; what has another ending than a time as it stands.
    private static func name(of parts: ArraySlice<Substring>) -> String {
        let times: Set<Substring> = ["second", "minute", "hour", "day", "week", "month"]
        guard parts.count > 1, let last = parts.last, times.contains(last) else {
            return parts.dropFirst(2).reduce(parts.prefix(2).joined(separator: " per ")) { $0 + " " + $1 }
        }
        return parts.dropLast().joined(separator: " ") + " per " + last
    }

    private init(name: String) {
        self.name = name
    }
}
