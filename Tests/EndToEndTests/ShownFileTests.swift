import Foundation
import TestSupport
import Testing

/// A file shows at its end how it was asked for, and is written from its beginning all the same.
@Suite("A saved response that shows more at its end")
struct ShownFileTests {
    private static func chunk(_ text: String, _ index: Int, reason: String = "null") -> String {
        #"{"choices":[{"index":\#(index),"text":"\#(text)","finish_reason":\#(reason)}]}"# + "\n"
    }

    /// What `show` writes of a file.
    private func show(_ reply: String, _ flags: [String]) async throws -> (text: String, status: Int32) {
        let folder = try TemporaryFolder()
        try Data(reply.utf8).write(to: folder.url.appending(path: "reply.jsonl"))
        var program = TestProgram("cerebras", ["show", "reply.jsonl"] + flags)
        program.folder = folder.url.path
        program.setVariable("HOME", folder.url.path)
        let outcome = try await program.run()
        return (String(decoding: outcome.output, as: UTF8.self), outcome.status)
    }

    @Test("the first of several choices has its heading, however long it is", arguments: [1, 100, 2500])
    func choices(chunks: Int) async throws {
        let text = String(repeating: "x", count: 1000)
        let first = (0..<chunks).map { _ in Self.chunk(text, 0) }.joined() + Self.chunk("", 0, reason: #""stop""#)
        let shown = try await show(first + Self.chunk("y", 1, reason: #""stop""#), [])
        let whole = String(repeating: text, count: chunks)
        #expect(shown == ("==> choice 0 <==\n\(whole)\n\n==> choice 1 <==\ny\n", 0))
    }

    @Test("ranks are those among as many tokens as the longest list has", arguments: [1, 1500])
    func ranks(chunks: Int) async throws {
        let token = String(repeating: "a", count: 1000)
        func chunk(_ tops: String, reason: String = "null") -> String {
            let logprobs = #"{"tokens":["\#(token)"],"token_logprobs":[-3],"top_logprobs":[\#(tops)]}"#
            return #"{"choices":[{"index":0,"text":"","logprobs":\#(logprobs),"finish_reason":\#(reason)}]}"# + "\n"
        }
        let short = String(repeating: chunk(#"{"b":-1,"\#(token)":-3}"#), count: chunks)
        let long = chunk(#"{"\#(token)":-0.5,"b":-1,"c":-4}"#, reason: #""stop""#)
        let flags = ["-f", "tsv", "--columns", "rank,token"]
        let shown = try await show(short + long, flags)
        #expect(shown == ("rank\ttoken\n" + String(repeating: "2\t\(token)\n", count: chunks) + "1\t\(token)\n", 0))
        let alone = try await show(short, flags)
        #expect(alone.text == "rank\ttoken\n" + String(repeating: ">1\t\(token)\n", count: chunks))
    }
}
