import TestSupport
import Testing

/// A stream that breaks off anywhere is never taken for a whole one, and what came of it is never changed.
@Suite("Cut streams")
struct CutStreamTests {
    private static let text = Array(" é\r\n😀 dark".utf8)
    private static let head = Array("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".utf8)
    private static let body = Array(
        """
        : hello\r
        data: {"choices":[{"index":0,"text":" é\\r\\n","finish_reason":null}]}\r
        \r
        data: {"choices":[{"index":0,"text":"😀 dark","finish_reason":"stop"}]}


        """.utf8)

    @Test("Cut after any byte it ends with status 9, what came stands, and standard error says so")
    func cutAnywhere() async throws {
        // The last line's end is not needed to see that the line says "stop".
        for count in 0..<(Self.body.count - 2) {
            let outcome = try await outcome(CannedReply([Self.head + Self.body.prefix(count)]))
            #expect(outcome.status == 9, "cut after \(count) bytes: exit \(outcome.status)")
            #expect(Self.text.starts(with: outcome.output), "cut after \(count) bytes: \(outcome.output)")
            #expect(outcome.error.starts(with: "cerebras: ".utf8), "cut after \(count) bytes")
        }
    }

    @Test("Split after any byte it reads the same")
    func splitAnywhere() async throws {
        let reply = Self.head + Self.body
        for count in Self.head.count..<reply.count {
            let outcome = try await outcome(CannedReply([Array(reply[..<count]), Array(reply[count...])]))
            #expect(outcome.output == Self.text, "split after \(count) bytes")
            #expect(outcome.status == 0)
        }
    }

    private func outcome(_ reply: CannedReply) async throws -> TestProgram.Outcome {
        let server = try LoopbackServer([reply])
        defer { server.stop() }
        var program = TestProgram("cerebras", ["complete", "x", "--stream", "--max-retries", "0"])
        program.setVariable("CEREBRAS_BASE_URL", server.url)
        return try await program.run()
    }
}
