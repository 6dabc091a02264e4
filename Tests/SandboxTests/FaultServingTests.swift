import Foundation
import JSON
import TestSupport
import Testing

/// What a client gets from a server that was told to misbehave, byte by byte.
@Suite("Serving faults")
struct FaultServingTests {
    private static let ask = #"{"model":"gpt-oss-120b","prompt":"It was","max_tokens":5,"min_tokens":5,"seed":1"#
    private static let whole = ask + "}"
    private static let streamed = ask + #","stream":true}"#
    private static let innerError =
        #"{"error":{"message":"Simulated error.","type":"server_error","param":"","#
        + #""code":"server_error"}}"#

    private func serve(_ specs: String...) async throws -> ServedSandbox {
        try await ServedSandbox.start(specs.flatMap { ["--fault", $0] })
    }

    private func ask(_ sandbox: ServedSandbox, _ body: String = whole) throws -> RawConnection.Reply {
        let connection = try RawConnection(port: sandbox.port)
        try connection.post(body)
        return try connection.readReply()
    }

    /// The pieces of a stream that ends in good order.
    private func pieces(_ sandbox: ServedSandbox) throws -> [String] {
        let connection = try RawConnection(port: sandbox.port)
        try connection.post(Self.streamed)
        #expect(try connection.readHead().status == 200)
        return try connection.readPieces()
    }

    private func isChunk(_ piece: String) -> Bool { piece.hasPrefix(#"data: {"id":"#) && piece.hasSuffix("}\n\n") }

    @Test("A status comes with an error of the API's form, and the rest of the head is as ever", arguments: [429, 503])
    func status(status: Int) async throws {
        let sandbox = try await serve("status=\(status)")
        for body in [Self.whole, Self.streamed] {
            let reply = try ask(sandbox, body)
            #expect(reply.status == status)
            #expect(reply.headers["x-request-id"] != nil && reply.headers["retry-after"] == nil)
            let error = try JSONDocument(parsing: reply.body).root
            #expect(error["message"]?.string == "Simulated error \(status).")
            #expect(error["type"]?.string == (status == 429 ? "too_many_requests_error" : "server_error"))
        }
    }

    @Test("Faults go together, each for as many requests as specified")
    func combined() async throws {
        let sandbox = try await serve("status=429:2", "retry-after=1", "html:1")
        let first = try ask(sandbox)
        #expect(first.status == 429 && first.headers["content-type"] == "text/html; charset=utf-8")
        let second = try ask(sandbox)
        #expect(second.status == 429 && second.headers["content-type"] == "application/json")
        #expect(first.headers["retry-after"] == "1" && second.headers["retry-after"] == "1")
        let third = try ask(sandbox)
        #expect(third.status == 200 && third.headers["retry-after"] == nil)
    }

    @Test("A page, nothing, nonsense and a nested error stand in the completion's place")
    func disguises() async throws {
        for body in [Self.whole, Self.streamed] {
            let page = try ask(try await serve("html"), body)
            #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
            #expect(page.body.starts(with: "<!DOCTYPE html>".utf8))
            let nothing = try ask(try await serve("empty"), body)
            #expect(nothing.status == 200 && nothing.headers["content-length"] == "0")
            let nonsense = try ask(try await serve("garbage"), body)
            #expect(nonsense.status == 200)
            #expect(nonsense.body.starts(with: "data: ".utf8) == (body == Self.streamed))
            #expect(throws: JSONError.self) { try JSONDocument(parsing: nonsense.body) }
            let error = try ask(try await serve("nested-error"), body)
            #expect(error.status == 500)
            #expect(try JSONDocument(parsing: error.body).root["error"]?["type"]?.string == "server_error")
        }
    }

    @Test("A redirect has a location, whatever its status is set to")
    func redirect() async throws {
        let sandbox = try await serve("redirect=http://127.0.0.1:9/there", "status=301:1")
        for status in [301, 307] {
            let reply = try ask(sandbox)
            #expect(reply.status == status && reply.headers["location"] == "http://127.0.0.1:9/there")
        }
    }

    @Test("A cut stream ends in good order after its chunks, without [DONE]", arguments: [0, 3])
    func cutStream(count: Int) async throws {
        let pieces = try pieces(try await serve("cut-after=\(count)"))
        #expect(pieces.count == count && pieces.allSatisfy(isChunk))
        #expect(pieces.allSatisfy { $0.contains(#""finish_reason":null"#) })
    }

    @Test("Of a cut whole body half comes, or nothing, and the connection is closed", arguments: [0, 3])
    func cutWhole(count: Int) async throws {
        let sandbox = try await serve("cut-after=\(count)")
        let connection = try RawConnection(port: sandbox.port)
        try connection.post(Self.whole)
        let length = try #require(try connection.readHead().headers["content-length"].flatMap { Int($0) })
        _ = try connection.read(count: count == 0 ? 0 : length / 2)
        #expect(connection.isOver)
    }

    @Test("An error comes inside a stream after its chunks, or is the whole body")
    func innerError() async throws {
        let sandbox = try await serve("error-after=3")
        let pieces = try pieces(sandbox)
        #expect(pieces.count == 4 && pieces.dropLast().allSatisfy(isChunk))
        #expect(pieces.last == "data: \(Self.innerError)\n\n")
        let whole = try ask(sandbox)
        #expect(whole.status == 200 && whole.body == Array(Self.innerError.utf8))
    }

    @Test("A stalled body keeps its connection, others are served meanwhile, and a signal ends the server")
    func stall() async throws {
        let sandbox = try await serve("stall-after=3:2")
        let streamed = try RawConnection(port: sandbox.port)
        try streamed.post(Self.streamed)
        _ = try streamed.readHead()
        for _ in 0..<3 { #expect(try streamed.read(through: "\n\n").contains("data: {")) }
        let whole = try RawConnection(port: sandbox.port)
        try whole.post(Self.whole)
        let length = try #require(try whole.readHead().headers["content-length"].flatMap { Int($0) })
        _ = try whole.read(count: length / 2)
        #expect(try ask(sandbox).status == 200)
        // The chunk's own line end is all that is left of the stream, and nothing of the whole body.
        _ = try streamed.read(count: 2)
        #expect(streamed.isSilent && whole.isSilent)
        sandbox.program.signal(SIGTERM)
        #expect(try await sandbox.program.outcome().status == 0)
    }

    @Test("Without its [DONE] a stream has every chunk, and a complete response is as ever")
    func noDone() async throws {
        let sandbox = try await serve("no-done")
        let pieces = try pieces(sandbox)
        #expect(pieces.allSatisfy(isChunk))
        #expect(pieces.last?.contains(#""finish_reason":"length""#) == true)
        #expect(try ask(sandbox).status == 200)
    }

    @Test("A slow server takes its time before each chunk, and once before a whole body")
    func slow() async throws {
        let sandbox = try await serve("slow=30ms")
        let clock = ContinuousClock()
        var last: String?
        let streaming = try clock.measure { last = try pieces(sandbox).last }
        #expect(last == "data: [DONE]\n\n")
        #expect(streaming >= .milliseconds(5 * 30))
        #expect(try clock.measure { _ = try ask(sandbox) } >= .milliseconds(30))
    }

    @Test("With a latency every response takes that time, and all of them at once")
    func latency() async throws {
        let sandbox = try await ServedSandbox.start(["--latency", "300ms", "--rpm", "1"])
        let connections = try (0..<3).map { _ in try RawConnection(port: sandbox.port) }
        let clock = ContinuousClock()
        var statuses: [Int] = []
        let time = try clock.measure {
            for connection in connections { try connection.post(Self.whole) }
            statuses = try connections.map { try $0.readReply().status }
        }
        #expect(statuses.sorted() == [200, 429, 429] && time >= .milliseconds(300))
    }

    @Test("curl sees what any client sees")
    func curl() async throws {
        let script = #"curl -sS -o /dev/null -w '%{http_code} %{exitcode}' "$CEREBRAS_BASE_URL/v1/models""#
        for (spec, outcome) in [("status=503:1", "503 0"), ("cut-after=1", "200 18"), ("redirect=/x", "307 0")] {
            var program = TestProgram("cerebras-sandbox", ["--fault", spec, "--", "sh", "-c", script])
            program.setVariable("PATH", "/usr/bin:/bin")
            #expect(try await program.run().output == Array(outcome.utf8), "\(spec)")
        }
    }
}
