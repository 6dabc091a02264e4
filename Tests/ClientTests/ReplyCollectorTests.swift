import API
import HTTP
import Testing

@testable import Client

@Suite("A reply as it comes")
struct ReplyCollectorTests {
    private static let comment = ": keepalive\n\n"
    private static let last = #"data: {"choices":[{"index":0,"text":"hi","finish_reason":"stop"}]}"# + "\n\n"
    private static let empty = #"data: {"choices":[{"index":0,"text":"","finish_reason":null}]}"# + "\n\n"

    private typealias Collector = ReplyCollector<Gathering>

    /// A collector that has the head of a response.
    private func begin(
        streams: Bool = true, status: Int = 200, maxSize: Int = 1 << 20
    ) throws -> Collector {
        let expectation = ReplyExpectation(.test(maxResponseSize: maxSize), choiceCount: 1, streams: streams)
        var collector = Collector(expectation, into: Gathering(), now: 90)
        let head = try #require(ResponseHead.test(status, "x-request-id: r"))
        #expect(collector.take(.head(head), now: 100) == .proceed)
        return collector
    }

    private func take(_ text: String, _ collector: inout Collector, at now: Double = 100) -> TransferControl {
        collector.take(.body(Array(text.utf8)), now: now)
    }

    @Test("a stream that stays open after its last finish reason ends after 2 s", arguments: [true, false])
    func heldOpen(streams: Bool) throws {
        var collector = try begin(streams: streams)
        #expect(take(Self.comment, &collector) == .proceed)
        #expect(take(Self.last, &collector, at: 110) == .proceedUntil(112))
        #expect(collector.isComplete && collector.sink.isWhole == nil)
        #expect(take(Self.comment, &collector, at: 111.5) == .proceedUntil(112))
        let usage = #"data: {"choices":[],"usage":{"total_tokens":1}}"# + "\n\n"
        #expect(take(usage, &collector, at: 111.5) == .proceedUntil(112))
        #expect(take(Self.comment, &collector, at: 112) == .stop)
        #expect(collector.failure == nil && collector.progress.usage != nil && collector.sink.isWhole == true)
        #expect(collector.timing.firstToken == 20 && collector.timing.total == 22)
    }

    @Test("after the end of a stream the rest of the response is skipped, so that its connection can be used again")
    func drain() throws {
        var collector = try begin()
        #expect(take(Self.last + "data: [DONE]\n\n", &collector) == .drain)
        #expect(collector.failure == nil && collector.sink.isWhole == true)
    }

    @Test("a further choice that begins is waited for as long as it takes")
    func furtherChoice() throws {
        var collector = try begin()
        #expect(take(Self.last, &collector) == .proceedUntil(102))
        let other = #"data: {"choices":[{"index":1,"text":"a","finish_reason":null}]}"# + "\n\n"
        #expect(take(other, &collector, at: 101) == .proceed)
        #expect(take(other.replacing("null", with: #""stop""#), &collector, at: 200) == .proceedUntil(202))
        #expect(collector.take(.failure(.timeout(.idle)), now: 202) == .stop)
        #expect(collector.failure == nil && collector.sink.texts == [0: "hi", 1: "aa"])
    }

    @Test("before anything of the completion has come another attempt may be made, and not after")
    func retries() throws {
        var collector = try begin()
        _ = take(Self.empty, &collector)
        _ = collector.take(.end, now: 100)
        guard case .reply(.cutShort, "r")? = collector.failure?.error, collector.failure?.cause != nil else {
            Issue.record("\(String(describing: collector.failure))")
            return
        }
        collector = try begin()
        _ = take(Self.empty + #"data: {"status_code":503,"error":"busy"}"# + "\n\n", &collector)
        guard case .response(let head)? = collector.failure?.cause else {
            Issue.record("no cause")
            return
        }
        #expect(head.status == 503 && collector.failure?.error.apiError?.status == 503)
        collector = try begin()
        _ = take(Self.last.replacing("\"stop\"", with: "null"), &collector)
        _ = collector.take(.failure(.interrupted("reset", afterHead: true)), now: 100)
        guard case .streamBroken("reset", let extent, _)? = collector.failure?.error else {
            Issue.record("\(String(describing: collector.failure))")
            return
        }
        #expect(extent.chunks == 1 && collector.failure?.cause == nil && collector.sink.isWhole == false)
    }

    @Test("an error's body is read to its end, and says more than a connection that breaks off")
    func refusal() throws {
        for ending in [TransferEvent.end, .failure(.interrupted("reset", afterHead: true))] {
            var collector = try begin(status: 429)
            #expect(take(#"{"message":"slow"#, &collector) == .proceed && take(#" down"}"#, &collector) == .proceed)
            #expect(collector.take(ending, now: 100) == .stop)
            guard case .refused(let error, "r", _)? = collector.failure?.error else {
                Issue.record("\(String(describing: collector.failure))")
                continue
            }
            #expect(error.message == "slow down" && collector.failure?.cause != nil)
        }
    }

    @Test("no more is held than may be")
    func size() throws {
        var collector = try begin(streams: false, maxSize: 1000)
        #expect(take(#"{"choices":["# + String(repeating: " ", count: 980), &collector) == .proceed)
        #expect(take(String(repeating: " ", count: 980), &collector) == .stop)
        guard case .tooLarge(1000, nil, "r")? = collector.failure?.error else {
            Issue.record("\(String(describing: collector.failure))")
            return
        }
        #expect(collector.failure?.cause == nil)
    }

    @Test("a sink that is closed takes nothing more")
    func closed() throws {
        let expectation = ReplyExpectation(.test(), choiceCount: 1, streams: true)
        var sink = Gathering()
        sink.isClosed = true
        var collector = Collector(expectation, into: sink, now: 0)
        _ = collector.take(.head(try #require(ResponseHead.test())), now: 0)
        #expect(take(Self.last, &collector) == .stop && collector.sink.texts.isEmpty && collector.failure == nil)
    }

    @Test("a stop is a failure, after how much of a stream")
    func stop() throws {
        var collector = try begin()
        _ = take(Self.last, &collector)
        #expect(collector.take(.failure(.stopped), now: 101) == .stop)
        guard case .stopped(let extent?)? = collector.failure?.error else {
            Issue.record("\(String(describing: collector.failure))")
            return
        }
        #expect(extent.chunks == 1 && collector.sink.isWhole == false)
    }
}
