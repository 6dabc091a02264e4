import Testing

@testable import Client

@Suite("Requests in flight at a time")
struct ConcurrencyLimitTests {
    /// A server that takes `latency` seconds for a response and gives at most `rate` of them a second, asked by a limit for as
    /// much as it allows.
    private func run(
        _ limit: inout ConcurrencyLimit, responses: Int, latency: Double, rate: Double, from begin: Double = 0
    ) -> Double {
        var (now, ends, nextEnd, sent) = (begin, [Double](), begin, 0)
        while sent < responses || !ends.isEmpty {
            while sent < responses, ends.count < limit.current {
                nextEnd = max(nextEnd + 1 / rate, now + latency)
                ends.append(nextEnd)
                sent += 1
                limit.noteStart(inFlight: ends.count, now: now)
            }
            now = ends.removeFirst()
            limit.noteEnd(now: now)
        }
        return now
    }

    @Test("it grows to its most while each request in flight brings more")
    func growth() {
        var limit = ConcurrencyLimit(adaptingTo: 64)
        #expect(limit.current == 4)
        _ = run(&limit, responses: 2000, latency: 1, rate: 1e6)
        #expect(limit.current == 64)
    }

    @Test("it stays near what the server can do at a time")
    func plateau() {
        var limit = ConcurrencyLimit(adaptingTo: 64)
        // 16 in flight are all that this server has a use for.
        _ = run(&limit, responses: 5000, latency: 0.1, rate: 160)
        #expect((12...36).contains(limit.current), "\(limit.current)")
    }

    @Test("an overloaded server halves it once for all that were in flight")
    func overload() {
        var limit = ConcurrencyLimit(adaptingTo: 64)
        let now = run(&limit, responses: 2000, latency: 1, rate: 1e6)
        for _ in 0..<20 { limit.noteOverload(sent: now - 1, now: now) }
        #expect(limit.current == 32)
        limit.noteOverload(sent: now - 0.5, now: now + 1)
        #expect(limit.current == 32)
        limit.noteOverload(sent: now + 0.5, now: now + 1)
        #expect(limit.current == 16)
        for sent in 2..<20 { limit.noteOverload(sent: now + Double(sent), now: now + Double(sent) + 0.5) }
        #expect(limit.current == 1)
        _ = run(&limit, responses: 5000, latency: 1, rate: 1e6, from: now + 30)
        #expect(limit.current == 64)
    }

    @Test("it does not grow where something else holds requests back")
    func unreached() {
        var limit = ConcurrencyLimit(adaptingTo: 64)
        for second in 0..<1000 {
            limit.noteStart(inFlight: 1, now: Double(second))
            limit.noteEnd(now: Double(second) + 0.5)
        }
        #expect(limit.current == 4)
    }

    @Test("a fixed number is kept")
    func fixed() {
        var limit = ConcurrencyLimit(fixed: 7)
        limit.noteOverload(sent: 1, now: 2)
        _ = run(&limit, responses: 500, latency: 1, rate: 1e6, from: 2)
        #expect(limit.current == 7)
    }
}
