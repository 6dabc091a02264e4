import Foundation
import JSON
import Platform
import TestSupport
import Testing

@testable import Batch

@Suite("A request digest")
struct RequestDigestTests {
    @Test("is read as it is written")
    func roundTrip() throws {
        let digest = RequestDigest(bytes: (0..<32).map { UInt8($0 * 8 + 7) })
        #expect(digest.hexadecimal.text.hasPrefix("070f171f"))
        #expect(try #require(RequestDigest(hexadecimal: digest.hexadecimal)) == digest)
    }

    @Test(
        "is nothing else",
        arguments: ["", "00", String(repeating: "G", count: 64), String(repeating: "A", count: 64)])
    func refused(text: String) {
        #expect(RequestDigest(hexadecimal: Array(text.utf8)) == nil)
    }

    @Test("is that of the bytes that are sent")
    func sentBytes() throws {
        let row = try Parsed.record(#"{"prompt":"caf\u00e9","seed":1}"#, fields: [JSONMember("max_tokens", 5)]).get()
        let sent = #"{"model":"m","prompt":"café","max_tokens":5,"seed":1}"#
        #expect(row.body.jsonBytes.text == sent)
        // printf '%s' "$sent" | sha256sum
        let expected = "38b1a7076e743db7ae0d831fc6b1909daa0861801bb44c4c736cfef64fdd5d93"
        #expect(row.digest.hexadecimal.text == expected)
    }

    @Test("leaves out the fields of a stream")
    func withoutStream() {
        let whole: JSONValue = ["model": "m", "prompt": "p"]
        let streamed: JSONValue = [
            "model": "m", "stream": true, "prompt": "p", "stream_options": ["include_usage": true],
        ]
        #expect(RequestDigest(of: streamed) == RequestDigest(of: whole))
        #expect(RequestDigest(of: ["model": "m", "prompt": "q"]) != RequestDigest(of: whole))
    }

    @Test("is made as sha256sum makes it, of a megabyte of any bytes")
    func sha256sum() async throws {
        var random = Xorshift(state: 7)
        let bytes = (0..<1_000_003).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        var program = TestProgram(path: "/usr/bin/env", ["sha256sum"])
        program.setVariable("PATH", ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
        program.input = .bytes(bytes)
        let outcome = try await program.run()
        try #require(outcome.status == 0)
        let digest = RequestDigest(bytes: SHA256.digest(of: bytes))
        #expect(outcome.output.prefix(64) == digest.hexadecimal[...])
    }

    /// The rule in the type's documentation, followed by a program that has nothing else in common with this one.
    @Test("is what Python makes of row and flags")
    func python() async throws {
        let rows = [
            #""plain""#, #"{"prompt":"a\"b\\c/d\b\f\n\r\t\u0001\u001f\u007f\u2028"}"#,
            #"{"prompt":"caf\u00e9 夜 \ud83d\ude00"}"#,
            #"{ "seed" : 3 , "prompt" : ["a", "b"], "user": "u" }"#, #"{"prompt":[[1,2],[3]],"max_tokens":null}"#,
            #"{"custom_id":"x","prompt":"p","stream":true,"stream_options":{"include_usage":true},"logit_bias":{"5":-1.5}}"#,
            #"{"model":"other","temperature":0.25,"prompt":"p","stop":["\n"]}"#,
        ]
        let script = """
            import sys, json, hashlib
            flags = {"max_tokens": 64, "stop": ["x", "é"]}
            for line in sys.stdin.buffer:
                row = json.loads(line)
                if isinstance(row, str):
                    row = {"prompt": row}
                body = {"model": "m", "prompt": row["prompt"], **flags, **row}
                for name in ("stream", "stream_options", "custom_id"):
                    body.pop(name, None)
                text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
                print(hashlib.sha256(text.encode()).hexdigest())
            """
        var program = TestProgram(path: "/usr/bin/env", ["python3", "-c", script])
        program.setVariable("PATH", ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
        program.input = .bytes(Array((rows.joined(separator: "\n") + "\n").utf8))
        let outcome = try await program.run()
        try #require(outcome.status == 0, "\(outcome.error.text)")
        let fields = [JSONMember("max_tokens", 64), JSONMember("stop", ["x", "é"])]
        let digests = try rows.map { try Parsed.record($0, fields: fields).get().digest.hexadecimal.text }
        #expect(digests.joined(separator: "\n") + "\n" == outcome.output.text)
    }
}
