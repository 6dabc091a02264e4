import HTTP
import TestSupport
import Testing

@Suite("Connections that are used again")
struct ConnectionReuseTests {
    /// One request after the other, each once the one before has ended or is drained.
    private struct Chain: RequestSource {
        let requests: [HTTPRequest]
        /// What each body's first piece is answered with.
        var control = TransferControl.proceed
        private var started = 0
        private var ended = 0
        private(set) var failures: [TransportError?] = []

        init(_ requests: [HTTPRequest]) { self.requests = requests }

        mutating func next(now: Double) -> SourceStep {
            guard started < requests.count else { return .finished }
            guard started == ended else { return .wait(until: nil) }
            defer { started += 1 }
            return .request(id: started, requests[started])
        }

        mutating func take(_ event: TransferEvent, of id: Int, now: Double) -> TransferControl {
            switch event {
            case .head: return .proceed
            case .body:
                if control != .proceed { end(nil) }
                return control
            case .end:
                end(nil)
            case .failure(let error):
                end(error)
            }
            return .proceed
        }

        private mutating func end(_ error: TransportError?) {
            ended += 1
            failures.append(error)
        }
    }

    private static let reply = CannedReply(
        [Array("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbo".utf8), Array("dy".utf8)], ending: .keepAlive)

    private func request(_ url: String) -> HTTPRequest {
        HTTPRequest(method: "POST", url: url, headers: [], body: [1])
    }

    /// The connection on which each request came.
    private func connections(_ replies: [CannedReply], _ control: TransferControl = .proceed) throws -> [Int] {
        let server = try LoopbackServer(replies)
        defer { server.stop() }
        var chain = Chain(replies.map { _ in request(server.url) })
        chain.control = control
        #expect(CurlTransport(usesTLS: false).run(&chain, limits: TimeLimits()) == nil)
        return server.requests.map(\.connection)
    }

    @Test("one connection serves requests that follow each other")
    func keepAlive() throws {
        #expect(try connections([Self.reply, Self.reply, Self.reply]) == [0, 0, 0])
    }

    @Test("a response that is broken off takes its connection along")
    func stop() throws {
        var slow = Self.reply
        let gate = Gate()
        slow.steps.insert(.wait(gate), at: 1)
        defer { gate.abandon() }
        #expect(try connections([slow, Self.reply], .stop) == [0, 1])
    }

    @Test("a drained response gives its connection back when the rest comes")
    func drain() throws {
        let whole = CannedReply(
            [Array("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody".utf8)], ending: .keepAlive)
        #expect(try connections([whole, whole], .drain) == [0, 0])
    }

    @Test("a drained response that does not end holds nothing up")
    func drainOfEndlessReply() throws {
        let endless = CannedReply([Array("HTTP/1.1 200 OK\r\n\r\nbody".utf8)], ending: .hang)
        #expect(try connections([endless, Self.reply], .drain) == [0, 1])
    }

    @Test("connections are kept from run to run")
    func runs() throws {
        let server = try LoopbackServer([Self.reply, Self.reply])
        defer { server.stop() }
        let transport = CurlTransport(usesTLS: false)
        for _ in 0..<2 {
            var chain = Chain([request(server.url)])
            #expect(transport.run(&chain, limits: TimeLimits()) == nil)
        }
        #expect(server.requests.map(\.connection) == [0, 0])
    }

    @Test("a request that can't be sent fails alone")
    func badRequest() throws {
        let server = try LoopbackServer([Self.reply, Self.reply])
        defer { server.stop() }
        var chain = Chain([request(server.url), request("gopher://127.0.0.1/"), request(server.url)])
        #expect(CurlTransport(usesTLS: false).run(&chain, limits: TimeLimits()) == nil)
        #expect(chain.failures.map { $0 == nil } == [true, false, true])
        #expect(server.requests.map(\.connection) == [0, 0])
    }

    @Test("a source that only waits is asked again when it said")
    func wait() {
        struct Waiting: RequestSource {
            private var due: Double?
            private(set) var isDone = false

            mutating func next(now: Double) -> SourceStep {
                let due = due ?? now + 0.02
                self.due = due
                isDone = now >= due
                return isDone ? .finished : .wait(until: due)
            }

            mutating func take(_ event: TransferEvent, of id: Int, now: Double) -> TransferControl { .proceed }
        }
        var waiting = Waiting()
        #expect(CurlTransport(usesTLS: false).run(&waiting, limits: TimeLimits()) == nil)
        #expect(waiting.isDone)
    }
}
