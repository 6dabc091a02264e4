import Testing

@testable import Client
@testable import HTTP

@Suite("Retries: when, and after what wait")
struct RetryPolicyTests {
    private let policy = RetryPolicy()

    private func head(_ status: Int, _ headers: [(String, String)] = []) throws -> ResponseHead {
        var head = try #require(ResponseHead(statusLine: "HTTP/1.1 \(status) X".utf8))
        for (name, value) in headers { head.add(line: "\(name): \(value)".utf8) }
        return head
    }

    private func decision(_ status: Int, _ headers: [(String, String)] = []) throws -> RetryPolicy.Decision {
        policy.decision(after: try head(status, headers), retries: 0, now: 784_111_777, jitter: 0)
    }

    @Test("which statuses", arguments: [408, 409, 429, 500, 502, 503, 504, 599])
    func retried(status: Int) throws {
        #expect(try decision(status) == .retry(after: .milliseconds(500)))
    }

    @Test("which not", arguments: [300, 307, 400, 401, 402, 403, 404, 413, 418, 422])
    func notRetried(status: Int) throws {
        #expect(try decision(status) == .giveUp)
    }

    @Test("x-should-retry overrides the status")
    func override() throws {
        #expect(try decision(400, [("X-Should-Retry", "true")]) == .retry(after: .milliseconds(500)))
        #expect(try decision(503, [("x-should-retry", "false")]) == .giveUp)
        #expect(try decision(503, [("x-should-retry", "perhaps")]) == .retry(after: .milliseconds(500)))
    }

    @Test(
        "a stated wait is obeyed, the finest first",
        arguments: [
            ([("retry-after-ms", "1500"), ("retry-after", "9")], 1500), ([("retry-after", "2")], 2000),
            ([("retry-after", "0.25")], 250), ([("retry-after", "0")], 0), ([("retry-after", "60")], 60_000),
            ([("retry-after-ms", "soon"), ("retry-after", "3")], 3000),
            ([("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")], 10_000),
            ([("retry-after", "Sun, 06 Nov 1994 08:49:27 GMT")], 0),
            ([("retry-after", "later")], 500), ([("retry-after", "-5")], 500), ([("retry-after", "")], 500),
        ])
    func stated(headers: [(String, String)], milliseconds: Int) throws {
        #expect(try decision(429, headers) == .retry(after: .milliseconds(milliseconds)))
    }

    @Test(
        "a date is measured against the response's own, if it has one that can be read",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:30 GMT", 17_000), ("Sunday, 06-Nov-94 08:49:40 GMT", 7000),
            ("Sun Nov  6 09:49:47 1994", 0), ("yesterday", 10_000),
        ])
    func ownClock(date: String, milliseconds: Int) throws {
        let headers = [("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT"), ("Date", date)]
        #expect(try decision(429, headers) == .retry(after: .milliseconds(milliseconds)))
    }

    @Test("a longer wait than allowed is a demand, unless no retry would follow")
    func demand() throws {
        #expect(try decision(503, [("retry-after", "60.5")]) == .retryAfterExceedsLimit(.milliseconds(60_500)))
        let huge = String(repeating: "9", count: 400)
        #expect(try decision(503, [("retry-after", huge)]) == .retryAfterExceedsLimit(.milliseconds(1e15)))
        #expect(try decision(400, [("retry-after", "999")]) == .giveUp)
        let spent = policy.decision(after: try head(503, [("retry-after", "999")]), retries: 2, now: 0, jitter: 0)
        #expect(spent == .giveUp)
    }

    @Test("the wait doubles up to eight seconds, and jitter takes off up to a quarter")
    func backoff() {
        var policy = RetryPolicy()
        policy.maxRetries = 100
        let waits = (0..<7).map { policy.decision(after: .connect(""), retries: $0, jitter: 0) }
        #expect(waits == [500, 1000, 2000, 4000, 8000, 8000, 8000].map { .retry(after: .milliseconds($0)) })
        #expect(policy.decision(after: .connect(""), retries: 99, jitter: 1) == .retry(after: .seconds(6)))
        #expect(policy.decision(after: .connect(""), retries: 100, jitter: 1) == .giveUp)
    }

    @Test("what failed by chance is tried again")
    func transport() {
        let decide = { policy.decision(after: $0 as TransportError, retries: 0, jitter: 0) }
        let passing: [TransportError] = [
            .connect(""), .resolve(""), .timeout(.connect), .timeout(.idle), .interrupted("", afterHead: false),
            .interrupted("", afterHead: true),
        ]
        #expect(passing.allSatisfy { decide($0) == .retry(after: .milliseconds(500)) })
        let lasting: [TransportError] = [
            .tls(""), .certificate(""), .nothingListens, .notLoopback(address: ""), .malformed(""), .local(""),
            .stopped, .outputClosed,
        ]
        #expect(lasting.allSatisfy { decide($0) == .giveUp })
    }

    @Test("a proxy that refuses is asked again only where it may change its mind")
    func proxies() {
        let refusal = { (status: Int) in TransportError.proxy(ProxyRefusal(status: status, statusLine: "", proxy: nil))
        }
        #expect([400, 401, 403, 404, 405, 407].allSatisfy { !refusal($0).isTransient })
        #expect([408, 429, 500, 502, 503, 504].allSatisfy { refusal($0).isTransient })
    }
}
