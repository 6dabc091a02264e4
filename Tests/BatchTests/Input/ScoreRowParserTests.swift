import JSON
import Platform
import Testing

@testable import Batch

@Suite("A row of questions")
struct ScoreRowParserTests {
    private static func row(_ text: String) throws -> Row {
        let defaults = RequestDefaults(
            model: Array("m".utf8), fields: [JSONMember("max_tokens", 1), JSONMember("echo", true)])
        let parser = ScoreRowParser(defaults: defaults, asksOnce: false)
        return try parser.parse(Record(number: 7, offset: 0, bytes: Array(text.utf8))).get()
    }

    @Test(
        "has a body in one order, whatever its own is, which its digest is of",
        arguments: [
            (
                #"{"answer": "c", "custom_id": "x", "continuations": ["b", "c"], "prompt": "a\u00e9"}"#,
                #"{"model":"m","prompt":"aé","continuations":["b","c"],"answer":1,"max_tokens":1,"echo":true}"#
            ),
            (
                #"{"prompt": [1, 2], "continuations": [[3]], "answer": [3], "model": "n"}"#,
                #"{"model":"n","prompt":[1,2],"continuations":[[3]],"answer":0,"max_tokens":1,"echo":true}"#
            ),
            (
                #"{"prompt": "", "continuations": ["b"], "answer": null}"#,
                #"{"model":"m","prompt":"","continuations":["b"],"max_tokens":1,"echo":true}"#
            ),
            (#"{"text": "a\n"}"#, #"{"model":"m","text":"a\n","max_tokens":1,"echo":true}"#),
        ])
    func body(text: String, body: String) throws {
        let row = try Self.row(text)
        #expect(String(decoding: row.body.jsonBytes, as: UTF8.self) == body)
        #expect(row.digest.bytes == SHA256.digest(of: Array(body.utf8)))
    }

    @Test("counts a request for each continuation, with the prompt in each")
    func size() throws {
        let row = try Self.row(#"{"prompt": "abc", "continuations": ["d", "ef"]}"#)
        #expect(row.requestCount == 2 && row.promptSize.byteCount == 9 && row.maxTokens == 1)
        let tokens = try Self.row(#"{"prompt": [1, 2], "continuations": [[3], [4, 5]]}"#)
        #expect(tokens.requestCount == 2 && tokens.promptSize.tokenCount == 7)
    }
}
