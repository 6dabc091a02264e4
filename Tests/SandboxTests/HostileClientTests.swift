import Foundation
import TestSupport
import Testing

/// Clients that send what is no request, or too much of one.
@Suite("Hostile clients")
struct HostileClientTests {
    private static let models = "GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n"
    private static let chunked = "POST /v1/completions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test(
        "What has no end is refused, and others are served",
        arguments: [
            ("", "G"), ("", "\r\n"), ("GET / HTTP/1.1\r\nX: ", "a"), ("GET / HTTP/1.1\r\n", "a: b\r\n"), (chunked, "0"),
            (chunked + "0\r\n", "a: b\r\n"),
        ])
    func endless(start: String, unit: String) async throws {
        let sandbox = try await ServedSandbox.start()
        let connection = try RawConnection(port: sandbox.port)
        try connection.send(start + String(repeating: unit, count: (70 << 10) / unit.utf8.count))
        let head = try connection.readHead()
        #expect(head.status == 431 && head.headers["connection"] == "close")
        #expect(connection.isOver)
        let other = try RawConnection(port: sandbox.port)
        try other.send(Self.models)
        #expect(try other.readReply().status == 200)
    }

    @Test(
        "What is no request gets 400, and the connection is closed",
        arguments: [
            "GET\r\n\r\n", "GET / HTTP/2\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", chunked + "-1\r\n", chunked + "x\r\n",
            chunked + "1\r\nab\r\n",
        ])
    func malformed(request: String) async throws {
        let sandbox = try await ServedSandbox.start()
        let connection = try RawConnection(port: sandbox.port)
        try connection.send(request)
        #expect(try connection.readHead().status == 400)
        #expect(connection.isOver)
    }

    @Test(
        "What comes after the last request of a connection does not undo the response",
        arguments: ["GET /v1/models HTTP/1.0\r\n\r\n", "GET /v1/models HTTP/1.1\r\nConnection: close\r\n\r\n"])
    func rest(request: String) async throws {
        let sandbox = try await ServedSandbox.start()
        let connection = try RawConnection(port: sandbox.port)
        try connection.send(request + String(repeating: "x", count: 1 << 20))
        #expect(try connection.readReply().status == 200)
        #expect(connection.isOver)
    }

    @Test(
        "A body over the limit is refused before it is sent",
        arguments: ["", "Expect: 100-continue\r\n"])
    func excess(fields: String) async throws {
        let sandbox = try await ServedSandbox.start()
        let connection = try RawConnection(port: sandbox.port)
        try connection.send("POST /v1/completions HTTP/1.1\r\n\(fields)Content-Length: 99999999999\r\n\r\n")
        let reply = try connection.readReply()
        #expect(reply.status == 413)
        #expect(String(decoding: reply.body, as: UTF8.self).contains("The body is over 67108864 bytes"))
        #expect(connection.isOver)
    }

    @Test(
        "A request is served while long completions and echoes are computed",
        arguments: [
            #""prompt":"It was","min_tokens":-1"#,
            #""echo":true,"logprobs":5,"prompt":[\#(Array(repeating: "65", count: 8000).joined(separator: ","))]"#,
        ])
    func longCompletions(fields: String) async throws {
        let sandbox = try await ServedSandbox.start()
        let held = try (0..<4 * ProcessInfo.processInfo.activeProcessorCount).map { _ in
            let connection = try RawConnection(port: sandbox.port)
            try connection.post(#"{"model":"gpt-oss-120b",\#(fields)}"#)
            return connection
        }
        let other = try RawConnection(port: sandbox.port)
        try other.send(Self.models)
        #expect(try other.readReply().status == 200)
        #expect(!held.contains { !$0.isSilent })
    }

    @Test("A body in chunks, with extensions and trailers, is read whole, and the next request after it")
    func chunks() async throws {
        let sandbox = try await ServedSandbox.start()
        let connection = try RawConnection(port: sandbox.port)
        let (a, b) = (#"{"model":"gpt-oss-120b","prompt""#, #":"It was","max_tokens":4}"#)
        try connection.send(
            Self.chunked + String(a.utf8.count, radix: 16) + ";x=y\r\n\(a)\r\n" + String(b.utf8.count, radix: 16)
                + "\r\n\(b)\r\n"
                + "0\r\nTrailer: z\r\n\r\n" + Self.models)
        #expect(try connection.readReply().status == 200)
        #expect(try connection.readReply().status == 200)
    }

    @Test("A client of HTTP/1.0 gets a stream without chunks, which ends with the connection")
    func oldClient() async throws {
        let sandbox = try await ServedSandbox.start()
        let connection = try RawConnection(port: sandbox.port)
        let body = #"{"model":"gpt-oss-120b","prompt":"It was","max_tokens":2,"stream":true}"#
        try connection.send("POST /v1/completions HTTP/1.0\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        let head = try connection.readHead()
        #expect(head.status == 200 && head.headers["transfer-encoding"] == nil)
        #expect(try connection.read(through: "data: [DONE]\n\n").hasPrefix("data: {"))
        #expect(connection.isOver)
    }

    @Test("Without descriptors it says so once, and serves again when there are some")
    func descriptors() async throws {
        let sandbox = try await ServedSandbox.start(descriptors: 64)
        let gate = Gate()
        sandbox.program.error.open(gate, after: Array("\n".utf8))
        var held: [RawConnection] = []
        for _ in 0..<60 { held.append(try RawConnection(port: sandbox.port)) }
        #expect(await Threads.run { gate.wait() })
        held = []
        let connection = try RawConnection(port: sandbox.port)
        try connection.send(Self.models)
        #expect(try connection.readReply().status == 200)
        sandbox.program.signal(SIGTERM)
        let error = String(decoding: try await sandbox.program.outcome().error, as: UTF8.self)
        let words = "out of descriptors (ulimit -n 64); new connections wait until others end"
        #expect(error == "cerebras-sandbox: \(words)\n")
    }

    @Test(
        "What a terminal would act on is escaped in errors",
        arguments: [
            ["--\u{1b}"], ["--host", "\u{1b}"], ["--corpus", "\u{1b}"], ["--fault", "\u{1b}"], ["--", "\u{1b}"],
        ])
    func escaped(arguments: [String]) async throws {
        var program = TestProgram("cerebras-sandbox", arguments)
        program.setVariable("PATH", "/usr/bin:/bin")
        let outcome = try await program.run()
        #expect(outcome.status != 0 && !outcome.error.contains(0x1B))
        #expect(String(decoding: outcome.error, as: UTF8.self).contains(#"\x1b"#))
    }
}
