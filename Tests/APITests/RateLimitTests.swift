import Testing

@testable import API

@Suite("Rate limits in headers")
struct RateLimitTests {
    @Test("every window is read by its headers' ending")
    func windows() {
        let limits = RateLimit.read([
            ("x-ratelimit-limit-requests-day", "14400"), ("X-RateLimit-Remaining-Requests-Day", "14399"),
            ("x-ratelimit-reset-requests-day", "11382.253"), ("x-ratelimit-remaining-tokens-minute", "0"),
            ("x-ratelimit-reset-tokens-minute", "nan"), ("x-ratelimit-limit-batch", "7"), ("x-ratelimit-limit", "1"),
            ("x-request-id", "r"), ("x-ratelimit-policy-tokens-minute", "p"),
        ])
        #expect(limits.map(\.name) == ["requests per day", "tokens per minute", "batch"])
        #expect(limits.map(\.limit) == ["14400", nil, "7"])
        #expect(limits.map(\.remaining) == ["14399", "0", nil])
        #expect(limits.map(\.reset) == [11382.253, nil, nil])
        #expect(limits.map(\.isUsedUp) == [false, true, false])
    }

    @Test("the time comes last, whatever stands before it")
    func names() {
        let names = ["uncached-tokens-minute", "total-tokens-hour", "requests", "tokens-model-a"].flatMap {
            RateLimit.read([("x-ratelimit-limit-" + $0, "1")]).map(\.name)
        }
        #expect(names == ["uncached tokens per minute", "total tokens per hour", "requests", "tokens per model a"])
    }
}
