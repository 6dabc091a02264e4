import Foundation
import JSON
import TestSupport
import Testing

@Suite("Serving")
struct ServingTests {
    private static let ask = #"{"model":"gpt-oss-120b","prompt":"It was","max_tokens":4,"min_tokens":4,"seed":1"#

    @Test("The URL is the only line, and a signal ends the server with status 0", arguments: [SIGINT, SIGTERM])
    func urlAndEnd(number: Int32) async throws {
        let sandbox = try await ServedSandbox.start()
        #expect(sandbox.url == "http://127.0.0.1:\(sandbox.port)")
        sandbox.program.signal(number)
        let outcome = try await sandbox.program.outcome()
        #expect(outcome.status == 0)
        #expect(outcome.output == Array("\(sandbox.url)\n".utf8) && outcome.error.isEmpty)
    }

    @Test("One connection takes one request after another, also after errors and HEAD")
    func keptConnection() async throws {
        let sandbox = try await ServedSandbox.start()
        let connection = try RawConnection(port: sandbox.port)
        for _ in 0..<20 {
            try connection.post(Self.ask + "}")
            let reply = try connection.readReply()
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"] == "application/json")
            #expect(try JSONDocument(parsing: reply.body).root["object"]?.string == "text_completion")
        }
        try connection.send("HEAD /v1/models HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try connection.readHead().status == 405)
        try connection.post("{")
        #expect(try connection.readReply().status == 400)
        try connection.send("GET /v1/models/gpt-oss-120b HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try connection.readReply().status == 200)
    }

    @Test("Each event of a stream leaves in a piece of its own, and [DONE] is the last")
    func eventsLeaveOneByOne() async throws {
        let sandbox = try await ServedSandbox.start()
        let connection = try RawConnection(port: sandbox.port)
        try connection.post(Self.ask + #","stream":true}"#)
        let head = try connection.readHead()
        #expect(head.status == 200)
        #expect(head.headers["content-type"] == "text/event-stream; charset=utf-8")
        let pieces = try connection.readPieces()
        #expect(pieces.last == "data: [DONE]\n\n")
        #expect(pieces.count >= 5)
        let events = try pieces.dropLast().map { piece in
            #expect(piece.hasPrefix("data: {") && piece.hasSuffix("}\n\n"))
            return try JSONDocument(parsing: Array(piece.dropFirst(6).dropLast(2).utf8)).root
        }
        #expect(events.allSatisfy { $0["id"]?.string == head.headers["inference-id"] })
        #expect(events.last?["usage"]?["completion_tokens"]?.integer == 4)
        try connection.post(Self.ask + "}")
        #expect(try connection.readReply().status == 200)
    }

    @Test("A client that leaves in mid-stream leaves the server to the others")
    func clientLeaves() async throws {
        let sandbox = try await ServedSandbox.start()
        for _ in 0..<5 {
            let connection = try RawConnection(port: sandbox.port)
            let ask = #"{"model":"gpt-oss-120b","prompt":"a","min_tokens":-1,"logprobs":20,"stream":true}"#
            try connection.post(ask)
            #expect(try connection.read(through: "\n\n").contains("data: {"))
        }
        let connection = try RawConnection(port: sandbox.port)
        try connection.post(Self.ask + "}")
        #expect(try connection.readReply().status == 200)
    }

    @Test("A client that waits for 100 Continue is asked to go on before it sends the body")
    func expectation() async throws {
        let sandbox = try await ServedSandbox.start()
        let connection = try RawConnection(port: sandbox.port)
        let body = Self.ask + #","user":"\#(String(repeating: "u", count: 5000))"}"#
        try connection.send(
            "POST /v1/completions HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n")
        #expect(try connection.readHead().status == 100)
        try connection.send(body)
        #expect(try connection.readReply().status == 200)
    }

    @Test("A body of megabytes is read whole, and answered")
    func largeBody() async throws {
        let sandbox = try await ServedSandbox.start()
        let connection = try RawConnection(port: sandbox.port)
        let text = String(repeating: "the storm ", count: 120_000)
        try connection.post(#"{"model":"gpt-oss-120b","prompt":"\#(text)"}"#)
        let reply = try connection.readReply()
        #expect(reply.status == 400)
        #expect(String(decoding: reply.body, as: UTF8.self).contains("over the context length"))
        try connection.post(Self.ask + "}")
        #expect(try connection.readReply().status == 200)
    }

    @Test("Only the required key is taken, when there is one")
    func requiredKey() async throws {
        let sandbox = try await ServedSandbox.start(["--require-key", "right"])
        let connection = try RawConnection(port: sandbox.port)
        try connection.post(Self.ask + "}", headers: "Authorization: Bearer wrong\r\n")
        #expect(try connection.readReply().status == 401)
        try connection.post(Self.ask + "}", headers: "Authorization: Bearer right\r\n")
        #expect(try connection.readReply().status == 200)
    }

    @Test("The model speaks as the given corpus does")
    func corpus() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("corpus.txt")
        try Data(String(repeating: "red blue green\n\n", count: 20).utf8).write(to: URL(fileURLWithPath: path))
        let sandbox = try await ServedSandbox.start(["--corpus", path])
        let connection = try RawConnection(port: sandbox.port)
        try connection.post(#"{"model":"gpt-oss-120b","prompt":"red","temperature":0}"#)
        let reply = try JSONDocument(parsing: try connection.readReply().body).root
        let choice = try #require(reply["choices"]?.elements.first { _ in true })
        #expect(choice["text"]?.string == " blue green" && choice["finish_reason"]?.string == "stop")
    }
}
