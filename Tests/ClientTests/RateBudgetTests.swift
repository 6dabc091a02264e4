import API
import Testing

@testable import Client
@testable import HTTP

@Suite("Rate budget")
struct RateBudgetTests {
    /// A server that counts requests by limits of its own: full at first, refilled steadily.
    private struct Server {
        var requests: RateBucket
        var tokens: RateBucket
        private(set) var admitted = 0
        private(set) var refused = 0

        init(rpm: Double, tpm: Double, now: Double) {
            requests = RateBucket(.requests, "requests per minute", capacity: rpm, period: 60, now: now)
            tokens = RateBucket(.tokens, "tokens per minute", capacity: tpm, period: 60, now: now)
        }

        mutating func ask(tokens count: Double, now: Double) -> Bool {
            requests.refill(to: now)
            tokens.refill(to: now)
            guard requests.level >= 1, tokens.level >= count else {
                refused += 1
                return false
            }
            requests.take(1)
            tokens.take(count)
            admitted += 1
            return true
        }
    }

    private func head(_ headers: [String: String]) throws -> ResponseHead {
        var head = try #require(ResponseHead(statusLine: "HTTP/1.1 200 OK".utf8))
        for (name, value) in headers { head.add(line: "\(name): \(value)".utf8) }
        return head
    }

    private func time(_ admission: RateBudget.Admission) -> Double? {
        if case .at(let time, _) = admission { time } else { nil }
    }

    @Test("a server with the same limits refuses nothing and is used in full", arguments: [5.0, 60, 600, 6000])
    func sameLimits(rpm: Double) {
        let (tpm, cost) = (rpm * 50, 40.0)
        var budget = RateBudget(requestsPerMinute: rpm, tokensPerMinute: tpm, now: 0)
        var server = Server(rpm: rpm, tpm: tpm, now: 0.01)
        var now = 0.0
        while now < 300 {
            switch budget.admit(tokens: cost, now: now) {
            case .now: _ = server.ask(tokens: cost, now: now + 0.02)
            // The transport waits whole milliseconds.
            case .at(let time, _): now = max(now + 0.001, (time * 1000).rounded(.up) / 1000)
            }
        }
        // What it gives in 300 s: a full bucket, and five times as much again.
        let possible = min(rpm, tpm / cost) * 6
        #expect(server.refused == 0)
        #expect(Double(server.admitted) >= 0.95 * possible - 1, "\(server.admitted) of \(possible)")
    }

    @Test("tokens hold a request back before requests do, and are named")
    func tokensAreNamed() {
        var budget = RateBudget(requestsPerMinute: 600, tokensPerMinute: 6000, now: 0)
        for _ in 0..<5 { _ = budget.admit(tokens: 1000, now: 0) }
        guard case .at(let time, let limit) = budget.admit(tokens: 1000, now: 0) else {
            Issue.record("admitted")
            return
        }
        // 1,000 are left, of which a fiftieth of the bucket is kept.
        #expect(limit == "tokens per minute" && abs(time - 1.2) < 1e-6)
        #expect(self.time(budget.admit(tokens: 1000, now: time)) == nil)
    }

    @Test("more than a bucket holds is sent once it is full")
    func tooLarge() {
        var budget = RateBudget(tokensPerMinute: 600, now: 0)
        #expect(time(budget.admit(tokens: 5000, now: 0)) == nil)
        #expect(time(budget.admit(tokens: 1, now: 0)).map { $0 > 60 } == true)
    }

    @Test("limits are learned from responses; what is in flight counts")
    func learning() throws {
        var budget = RateBudget(now: 0)
        guard case .now(let charge) = budget.admit(tokens: 100, now: 0) else { return }
        let reply = try head([
            "x-ratelimit-limit-requests-minute": "60", "x-ratelimit-remaining-requests-minute": "10",
            "x-ratelimit-limit-tokens-day": "864000", "X-RateLimit-Remaining-Tokens-Day": "500",
            "x-ratelimit-limit-images-minute": "1", "x-ratelimit-remaining-images-minute": "0",
        ])
        budget.learn(reply, charge: charge, others: (7, 200), now: 1)
        #expect(budget.tokensPerMinute == 600)
        // Seven are in flight, of the ten that are left; of the rest a quarter of a second's worth is kept.
        for _ in 0..<2 { #expect(time(budget.admit(tokens: 0, now: 1)) == nil) }
        guard case .at(let next, "requests per minute") = budget.admit(tokens: 0, now: 1) else {
            Issue.record("not held back")
            return
        }
        #expect(abs(next - 1.25) < 1e-6)
        // 500 tokens are left for the day, less the 200 in flight, and 10 come back a second.
        guard case .at(let later, "tokens per day") = budget.admit(tokens: 388, now: 2) else {
            Issue.record("not held back")
            return
        }
        #expect(abs(later - 11) < 1e-6)
    }

    @Test("what others use is learned, and what the server gives back")
    func correction() throws {
        var budget = RateBudget(requestsPerMinute: nil, now: 0)
        guard case .now(let first) = budget.admit(tokens: 0, now: 0) else { return }
        let limit = "x-ratelimit-limit-requests-minute"
        let remaining = "x-ratelimit-remaining-requests-minute"
        budget.learn(try head([limit: "60", remaining: "59"]), charge: first, others: (0, 0), now: 0)
        guard case .now(let second) = budget.admit(tokens: 0, now: 0) else { return }
        budget.learn(try head([limit: "60", remaining: "2"]), charge: second, others: (0, 0), now: 0)
        guard case .now(let third) = budget.admit(tokens: 0, now: 0) else {
            Issue.record("refused")
            return
        }
        #expect(time(budget.admit(tokens: 0, now: 0)).map { abs($0 - 0.25) < 1e-6 } == true)
        budget.learn(try head([limit: "60", remaining: "40"]), charge: third, others: (0, 0), now: 0)
        // The third itself may not have been counted in what is left.
        for _ in 0..<38 { #expect(time(budget.admit(tokens: 0, now: 0)) == nil) }
        #expect(time(budget.admit(tokens: 0, now: 0)) != nil)
    }

    @Test(
        "a 429 empties the bucket that it names",
        arguments: [
            ("request_quota_exceeded", "too_many_requests_error", "requests per minute"),
            ("token_quota_exceeded", "too_many_tokens_error", "tokens per minute"),
            ("rate_limit_exceeded", "tokens", "tokens per minute"),
        ])
    func refusal(code: String, type: String, name: String) {
        var budget = RateBudget(requestsPerMinute: 60, tokensPerMinute: 60_000, now: 0)
        guard case .now(let charge) = budget.admit(tokens: 500, now: 0) else { return }
        budget.noteRefusal(code: code, type: type, limits: [], charge: charge, now: 0)
        guard case .at(let time, name) = budget.admit(tokens: 500, now: 0) else {
            Issue.record("not held back by \(name)")
            return
        }
        #expect(abs(time - (name.hasPrefix("req") ? 1.25 : 1.7)) < 1e-6, "\(time)")
    }

    @Test("a full queue is no limit that is used up")
    func queue() {
        var budget = RateBudget(requestsPerMinute: 60, now: 0)
        guard case .now(let charge) = budget.admit(tokens: 500, now: 0) else { return }
        budget.noteRefusal(
            code: "queue_exceeded", type: "too_many_requests_error", limits: [], charge: charge, now: 0)
        for _ in 0..<59 { #expect(time(budget.admit(tokens: 1, now: 0)) == nil) }
    }

    @Test("a wait that the server asks for holds for every request")
    func blocking() {
        var budget = RateBudget(now: 0)
        budget.block(until: 7)
        budget.block(until: 3)
        guard case .at(7, nil) = budget.admit(tokens: 1, now: 6.9) else {
            Issue.record("not held back")
            return
        }
        #expect(time(budget.admit(tokens: 1, now: 7)) == nil)
    }

    @Test("usage corrects what a prompt was counted as")
    func usage() {
        var budget = RateBudget(tokensPerMinute: 600, now: 0)
        _ = budget.admit(tokens: 500, now: 0)
        budget.correct(excess: 400, now: 0)
        #expect(time(budget.admit(tokens: 480, now: 0)) == nil)
        budget.correct(excess: -60, now: 0)
        // 20 - 60 are there; 12 are kept, and 8 more are wanted.
        #expect(time(budget.admit(tokens: 8, now: 0)).map { abs($0 - 6) < 1e-6 } == true)
    }

    @Test("the time that limits give a number of requests")
    func estimate() {
        let time = { RateBudget.time(requests: 700, tokens: 30_000, requestsPerMinute: $0, tokensPerMinute: $1) }
        #expect(time(nil, nil) == 0 && time(1000, nil) == 0 && time(100, nil) == 360)
        #expect(time(100, 1000) == 1740)
    }
}
