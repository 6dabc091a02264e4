import Foundation
import TestSupport
import Testing

@Suite("Loopback server")
struct LoopbackServerTests {
    @Test("Requests are kept byte for byte and answered in order")
    func order() throws {
        let server = try LoopbackServer([CannedReply(body: Array("one".utf8)), CannedReply(body: Array("two".utf8))])
        defer { server.stop() }
        let first = try exchange(server, "POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nx\r\n")
        let second = try exchange(server, "GET /b HTTP/1.1\r\nhost:  h \r\n\r\n")
        #expect(first.hasSuffix("\r\n\r\none"))
        #expect(second.hasSuffix("\r\n\r\ntwo"))
        #expect(server.requests.map(\.line) == ["POST /a HTTP/1.1", "GET /b HTTP/1.1"])
        #expect(server.requests[0].bytes == Array("POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nx\r\n".utf8))
        #expect(server.requests[0].payload == Array("x\r\n".utf8))
        #expect(server.requests[1].header("Host") == "h")
        #expect(server.requests.map(\.connection) == [0, 1])
    }

    @Test("A request for which there is no response finds its connection closed, unless the last response is repeated")
    func exhausted() throws {
        var reply = CannedReply(body: [0x61])
        let once = try LoopbackServer([reply])
        defer { once.stop() }
        _ = try exchange(once, "GET / HTTP/1.1\r\n\r\n")
        #expect(try exchange(once, "GET / HTTP/1.1\r\n\r\n") == "")
        reply.repeats = true
        let always = try LoopbackServer([reply])
        defer { always.stop() }
        for _ in 0..<3 { #expect(try exchange(always, "GET / HTTP/1.1\r\n\r\n").hasSuffix("a")) }
    }

    @Test("A chunked request is kept as it was sent, and its payload without chunk sizes")
    func chunkedRequest() throws {
        let server = try LoopbackServer([CannedReply(body: [])])
        defer { server.stop() }
        let body = "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n"
        let reply = try exchange(server, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\(body)")
        #expect(reply.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(server.requests[0].body == Array(body.utf8))
        #expect(server.requests[0].payload == Array("abc0123456789".utf8))
        #expect(server.requests[0].isWhole)
    }

    @Test("A request that breaks off is kept as such, and not answered")
    func brokenRequest() throws {
        let server = try LoopbackServer([CannedReply(body: [])])
        let client = try RawClient(port: server.port)
        client.send(Array("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nab".utf8))
        client.finishSending()
        #expect(client.receiveAll() == [])
        server.stop()
        #expect(server.requests.map(\.isWhole) == [false])
        #expect(server.requests.map(\.body) == [Array("ab".utf8)])
    }

    @Test("Who expects 100 Continue gets it before the body is sent")
    func expectation() throws {
        let server = try LoopbackServer([CannedReply(body: [0x61])])
        defer { server.stop() }
        let client = try RawClient(port: server.port)
        client.send(Array("POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n".utf8))
        #expect(client.receive() == Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        client.send(Array("ab".utf8))
        #expect(client.receiveAll().last == 0x61)
        #expect(server.requests.map(\.payload) == [Array("ab".utf8)])
    }

    @Test("A connection that is kept alive serves several requests, also when they come together")
    func keepAlive() throws {
        var first = CannedReply(body: [0x61])
        first.ending = .keepAlive
        let server = try LoopbackServer([first, CannedReply(body: [0x62])])
        defer { server.stop() }
        let both = try exchange(server, "GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n")
        #expect(both.hasSuffix("b") && both.contains("\r\n\r\naHTTP/1.1"))
        #expect(server.requests.map(\.connection) == [0, 0])
    }

    @Test("A response waits at its gate until it is asked to go on")
    func gates() throws {
        let gate = Gate()
        var reply = CannedReply([Array("a".utf8)])
        reply.steps += [.wait(gate), .send(Array("b".utf8))]
        let server = try LoopbackServer([reply])
        defer { server.stop() }
        let client = try RawClient(port: server.port)
        client.send(Array("GET / HTTP/1.1\r\n\r\n".utf8))
        #expect(client.receive() == Array("a".utf8))
        #expect(!client.hasInput)
        gate.open()
        #expect(client.receiveAll() == Array("b".utf8))
    }

    @Test("A reset can be distinguished from a close")
    func reset() throws {
        let server = try LoopbackServer([CannedReply([[0x61]], ending: .reset), CannedReply([[0x61]])])
        defer { server.stop() }
        for isReset in [true, false] {
            let client = try RawClient(port: server.port)
            client.send(Array("GET / HTTP/1.1\r\n\r\n".utf8))
            _ = client.receiveAll()
            #expect(client.wasReset == isReset)
        }
    }

    @Test("Responses can be cut after any byte, and sent byte by byte")
    func cuts() throws {
        let reply = CannedReply([Array("abc".utf8), Array("def".utf8)])
        for count in 0...7 {
            let server = try LoopbackServer([reply.cut(after: count).bytewise])
            defer { server.stop() }
            #expect(try exchange(server, "GET / HTTP/1.1\r\n\r\n") == String("abcdef".prefix(count)))
        }
    }

    @Test("Stopping ends what hangs and what waits")
    func stopping() throws {
        let gate = Gate()
        var waiting = CannedReply.silence
        waiting.steps = [.wait(gate)]
        let server = try LoopbackServer([.silence, waiting])
        let clients = try (0..<2).map { _ in try RawClient(port: server.port) }
        for (count, client) in clients.enumerated() {
            client.send(Array("GET / HTTP/1.1\r\n\r\n".utf8))
            let arrived = Gate()
            server.open(arrived, afterRequests: count + 1)
            #expect(arrived.wait())
        }
        server.stop()
        for client in clients { #expect(client.receiveAll() == []) }
        #expect(!gate.isOpen)
        #expect(throws: TestFault.self) { try RawClient(port: LoopbackSocket(listens: false).port) }
    }

    private func exchange(_ server: LoopbackServer, _ request: String) throws -> String {
        let client = try RawClient(port: server.port)
        client.send(Array(request.utf8))
        return String(decoding: client.receiveAll(), as: UTF8.self)
    }
}
