import Foundation
import HTTP
import Platform
import TestSupport
import Testing

@Suite("libcurl transport")
struct CurlTransportTests {
    /// What came of one request.
    private struct Result {
        var head: ResponseHead?
        var body: [UInt8] = []
        var ending: TransferEvent?
    }

    /// Sends all requests at once and collects what comes of each.
    private struct Collector: RequestSource {
        let requests: [HTTPRequest]
        private var started = 0
        private(set) var results: [Result]
        private let atBody: () -> Void

        /// - Parameter atBody: called when a piece of a body comes.
        init(_ requests: [HTTPRequest], atBody: @escaping () -> Void = {}) {
            (self.requests, self.atBody) = (requests, atBody)
            results = requests.map { _ in Result() }
        }

        mutating func next(now: Double) -> SourceStep {
            guard started < requests.count else { return .finished }
            defer { started += 1 }
            return .request(id: started, requests[started])
        }

        mutating func take(_ event: TransferEvent, of id: Int, now: Double) -> TransferControl {
            switch event {
            case .head(let head): results[id].head = head
            case .body(let bytes):
                results[id].body += bytes
                atBody()
            case .end, .failure: results[id].ending = event
            }
            return .proceed
        }
    }

    private func run(_ requests: [HTTPRequest], limits: TimeLimits = TimeLimits(), stop: Int32 = -1) -> [Result] {
        var collector = Collector(requests)
        _ = CurlTransport(usesTLS: false, stopDescriptor: stop).run(&collector, limits: limits)
        return collector.results
    }

    private func request(_ url: String, body: [UInt8] = []) -> HTTPRequest {
        HTTPRequest(method: "POST", url: url, headers: [Header("X-Test", "yes")], body: body)
    }

    private func failure(_ result: Result) -> TransportError? {
        if case .failure(let error)? = result.ending { error } else { nil }
    }

    @Test func manyRequestsAreInFlightAtOnce() throws {
        // No reply leaves before the last request has come, so one after the other would never end.
        let gate = Gate()
        var reply = CannedReply(body: Array("{}".utf8))
        reply.steps.insert(.wait(gate), at: 0)
        reply.repeats = true
        let server = try LoopbackServer([reply])
        defer { server.stop() }
        server.open(gate, afterRequests: 100)
        let results = run((0..<100).map { _ in request(server.url, body: [1, 2, 3]) })
        #expect(results.allSatisfy { $0.head?.status == 200 && $0.body == Array("{}".utf8) && failure($0) == nil })
        #expect(server.requests.count == 100)
    }

    @Test(arguments: [0, 1, 65_536, 65_537, 5_000_000])
    func bodiesOfAnySizeArriveWhole(size: Int) throws {
        let server = try LoopbackServer([CannedReply(body: [])])
        defer { server.stop() }
        let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 * 7) }
        #expect(failure(run([request(server.url, body: body)])[0]) == nil)
        let sent = try #require(server.requests.first)
        #expect(sent.body == body)
        #expect(sent.header("X-Test") == "yes" && sent.header("Expect") == nil)
    }

    @Test func headersKeepTheirOrderAndAreFoundWithoutCase() throws {
        let reply = "HTTP/1.1 200 Fine\r\nB: 1\r\na:  2\r\nB: 3\r\nContent-Length: 0\r\n\r\n"
        let server = try LoopbackServer([CannedReply([Array(reply.utf8)])])
        defer { server.stop() }
        let head = try #require(run([request(server.url)])[0].head)
        #expect(head.statusLine == "HTTP/1.1 200 Fine" && head["b"] == "3" && head["A"] == "2" && head["c"] == nil)
        #expect(head.headers.prefix(2) == [Header("B", "1"), Header("a", "2")])
    }

    @Test(arguments: [
        ("a status line", "HTTP/1.1 200 ", "x"), ("a header", "HTTP/1.1 200 OK\r\nX: ", "x"),
        ("headers", "HTTP/1.1 200 OK\r\n", "x: yyyyyyyyyyyyyyyy\r\n"),
        ("informational heads", "", "HTTP/1.1 103 Early Hints\r\nx: yyyyyyyyyyyyyyyy\r\n\r\n"),
        ("trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "x: yyyyyyyyyyyyyyyy\r\n"),
        ("a trailer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nx: ", "y"),
    ])
    func whatHasNoEndInAHeadIsMalformed(name: String, start: String, more: String) throws {
        // More than libcurl or this transport holds; the connection then stays open in silence.
        let bytes =
            Array(start.utf8) + Array(repeatElement(Array(more.utf8), count: 400_000 / more.utf8.count).joined())
        let server = try LoopbackServer([CannedReply([bytes], ending: .hang)])
        defer { server.stop() }
        let error = failure(run([request(server.url)])[0])
        guard case .malformed(let reason)? = error else {
            Issue.record("\(name): \(String(describing: error))")
            return
        }
        let known = [
            "The head is larger than 256 KiB, trailers included", "A line of the head is too long",
            "A trailer is too long",
        ]
        #expect(known.contains(reason))
    }

    @Test func anInformationalHeadIsNotTheReply() throws {
        let reply = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 Made\r\nContent-Length: 2\r\n\r\nok"
        let server = try LoopbackServer([CannedReply([Array(reply.utf8)])])
        defer { server.stop() }
        let result = run([request(server.url)])[0]
        #expect(result.head?.status == 201 && result.head?["link"] == nil && result.body == Array("ok".utf8))
    }

    @Test func aServerThatSaysNothingIsIdle() throws {
        let server = try LoopbackServer([CannedReply([], ending: .hang)])
        defer { server.stop() }
        let limits = TimeLimits(idle: .milliseconds(200))
        #expect(failure(run([request(server.url)], limits: limits)[0]) == .timeout(.idle))
    }

    @Test func aResponseThatGoesOnForTooLongFails() throws {
        let reply = CannedReply([Array("HTTP/1.1 200 OK\r\n\r\na".utf8)], ending: .hang)
        let server = try LoopbackServer([reply])
        defer { server.stop() }
        var limits = TimeLimits(idle: .seconds(60))
        limits.total = .milliseconds(200)
        let result = run([request(server.url)], limits: limits)[0]
        #expect(failure(result) == .timeout(.total) && result.body == Array("a".utf8))
    }

    @Test func anOrderToStopEndsTheWait() throws {
        let server = try LoopbackServer([CannedReply([], ending: .hang)])
        defer { server.stop() }
        let order = Pipe()
        order.fileHandleForWriting.write(Data([0]))
        let results = run([request(server.url)], stop: order.fileHandleForReading.fileDescriptor)
        #expect(failure(results[0]) == .stopped)
    }

    /// Sends what it reads from a pipe, a byte a request, until the pipe ends.
    private struct PipedRequests: RequestSource {
        let url: String
        let input: FileHandle
        private(set) var statuses: [Int] = []
        /// Called when a response has come.
        let atEnd: (Int) -> Void

        init(url: String, input: FileHandle, atEnd: @escaping (Int) -> Void) {
            (self.url, self.input, self.atEnd) = (url, input, atEnd)
        }

        var inputDescriptors: [Int32] { [input.fileDescriptor] }

        mutating func next(now: Double) -> SourceStep {
            guard Descriptor.isReadable(input.fileDescriptor) else { return .wait(until: nil) }
            guard let byte = try? input.read(upToCount: 1)?.first else { return .finished }
            return .request(id: Int(byte), HTTPRequest(method: "POST", url: url, headers: [], body: [byte]))
        }

        mutating func take(_ event: TransferEvent, of id: Int, now: Double) -> TransferControl {
            if case .head(let head) = event { statuses.append(head.status) }
            if case .end = event { atEnd(statuses.count) }
            return .proceed
        }
    }

    @Test func requestsAreSentAsTheirInputComes() throws {
        var reply = CannedReply(body: [])
        reply.repeats = true
        let server = try LoopbackServer([reply])
        defer { server.stop() }
        // The next byte is written once nothing is in flight, so that the input alone can end the wait.
        let pipe = Pipe()
        pipe.fileHandleForWriting.write(Data([1]))
        var source = PipedRequests(url: server.url, input: pipe.fileHandleForReading) { count in
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(20)) {
                if count < 3 {
                    pipe.fileHandleForWriting.write(Data([UInt8(count) + 1]))
                } else {
                    try? pipe.fileHandleForWriting.close()
                }
            }
        }
        #expect(CurlTransport(usesTLS: false).run(&source, limits: TimeLimits()) == nil)
        #expect(source.statuses == [200, 200, 200] && server.requests.map(\.body) == [[1], [2], [3]])
    }

    @Test func aReaderThatGoesAwayEndsTheWait() throws {
        let server = try LoopbackServer([CannedReply([Array("HTTP/1.1 200 OK\r\n\r\na".utf8)], ending: .hang)])
        defer { server.stop() }
        let pipe = Pipe()
        let output = OutputReader(of: pipe.fileHandleForWriting.fileDescriptor)
        var collector = Collector([request(server.url)]) { try? pipe.fileHandleForReading.close() }
        let ending = CurlTransport(usesTLS: false, output: output).run(&collector, limits: TimeLimits())
        #expect(ending == .outputClosed && failure(collector.results[0]) == .outputClosed)
    }

    @Test(arguments: ["localhost", "127.0.0.1", "0.0.0.0", "127.1", "[::ffff:127.0.0.1]"])
    func aRequestForThisMachineAloneReachesIt(host: String) throws {
        let server = try LoopbackServer([CannedReply(body: [])])
        defer { server.stop() }
        var request = request("http://\(host):\(server.port)")
        request.route.isForLoopbackOnly = true
        #expect(failure(run([request])[0]) == nil)
    }

    @Test(arguments: ["192.0.2.1", "[2001:db8::1]"])
    func aRequestForThisMachineAloneGoesNowhereElse(host: String) throws {
        var request = request("http://\(host):9")
        request.route.isForLoopbackOnly = true
        let address = host.filter { !"[]".contains($0) }
        #expect(failure(run([request])[0]) == .notLoopback(address: address))
    }

    @Test func aBadRequestFailsAlone() throws {
        var reply = CannedReply(body: [])
        reply.repeats = true
        let server = try LoopbackServer([reply])
        defer { server.stop() }
        let urls = [
            server.url, "", "gopher://127.0.0.1", "http://[::1", String(repeating: "x", count: 9 << 20), server.url,
        ]
        let results = run(urls.map { request($0) })
        #expect(results.map { failure($0) == nil } == [true, false, false, false, false, true])
        #expect(server.requests.count == 2)
    }

    @Test func aReplyShorterThanPromisedIsNotWhole() throws {
        let reply = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"
        let server = try LoopbackServer([CannedReply([Array(reply.utf8)])])
        defer { server.stop() }
        let result = run([request(server.url)])[0]
        guard case .interrupted(_, afterHead: true)? = failure(result) else {
            Issue.record("not told: \(String(describing: result.ending))")
            return
        }
        #expect(result.body == Array("short".utf8))
    }

    @Test func namesAndPortsThatAreNotThereAreTold() {
        guard case .nothingListens? = failure(run([request("http://127.0.0.1:1")])[0]),
            case .resolve? = failure(run([request("http://no-such-host.invalid")])[0])
        else {
            Issue.record("not told as such")
            return
        }
    }
}
