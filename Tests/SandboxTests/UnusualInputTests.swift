import Foundation
import TestSupport
import Testing

/// Requests of unusual form, and arguments that a terminal would act on.
@Suite("Unusual input")
struct UnusualInputTests {
    private static let models = "GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n"
    private static let chunked = "POST /v1/completions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"

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
