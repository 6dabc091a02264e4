import JSON
import Testing

@testable import Batch

@Suite("Rows that can't be sent")
struct RowRefusalTests {
    @Test(
        "say what is wrong",
        arguments: [
            ("{\"prompt\":\"a\"", "not JSON: the text ends too early at byte 13"),
            (
                "Once upon",
                "not JSON: expected a value at byte 0; plain text is read with --input-format lines"
            ),
            ("17", "the row is neither a JSON string nor an object"),
            ("[1,2]", "the row is neither a JSON string nor an object"),
            ("null", "the row is neither a JSON string nor an object"),
            (#""""#, "the prompt is empty; --allow-empty-prompt sends it"),
            ("{}", "the row has no 'prompt'"),
            (#"{"prompt":null}"#, "prompt: not text, a list of texts, token IDs, or lists of token IDs"),
            (#"{"prompt":5}"#, "prompt: not text, a list of texts, token IDs, or lists of token IDs"),
            (#"{"prompt":{"a":1}}"#, "prompt: not text, a list of texts, token IDs, or lists of token IDs"),
            (#"{"prompt":[1,"a"]}"#, "prompt: not text, a list of texts, token IDs, or lists of token IDs"),
            (#"{"prompt":["a",1]}"#, "prompt: not text, a list of texts, token IDs, or lists of token IDs"),
            (#"{"prompt":[1.5]}"#, "prompt: not text, a list of texts, token IDs, or lists of token IDs"),
            (#"{"prompt":[-1]}"#, "prompt: not text, a list of texts, token IDs, or lists of token IDs"),
            (#"{"prompt":[[1],2]}"#, "prompt: not text, a list of texts, token IDs, or lists of token IDs"),
            (#"{"prompt":[true]}"#, "prompt: not text, a list of texts, token IDs, or lists of token IDs"),
            (#"{"prompt":[]}"#, "prompt: an empty list"),
            (#"{"prompt":["a",""]}"#, "prompt 2 of 2 is empty; --allow-empty-prompt sends it"),
            (#"{"prompt":[[1],[]]}"#, "prompt 2 of 2 is empty; --allow-empty-prompt sends it"),
            (#"{"prompt":"a","prompt":"b"}"#, "field 'prompt' is given twice"),
            (#"{"prompt":"a","se\u0065d":1,"seed":2}"#, "field 'seed' is given twice"),
            (#"{"prompt":"a","stream":1}"#, "stream: not true or false"),
            (#"{"prompt":"a","model":5}"#, "model: not a string"),
            (#"{"messages":[{"role":"user"}]}"#, "'messages' is for chat; completions take a 'prompt'"),
            (#"{"custom_id":5,"prompt":"a"}"#, "custom_id: not a string"),
            (#"{"custom_id":null,"prompt":"a"}"#, "custom_id: not a string"),
            (#"{"custom_id":"","prompt":"a"}"#, "custom_id: empty"),
            (#"{"custom_id":"a","custom_id":"b","prompt":"a"}"#, "field 'custom_id' is given twice"),
            (#"{"prompt":"\ud83d"}"#, "a string holds half of a surrogate pair, which is not text"),
        ])
    func reasons(line: String, reason: String) throws {
        #expect(try Parsed.reason(line) == reason)
    }

    @Test("that are not UTF-8 say at which byte")
    func notUTF8() throws {
        for (bytes, format) in [
            (Array("\"ab".utf8) + [0xFF, 0x22], InputFormat.jsonl), (Array("abc".utf8) + [0xC3], .lines),
            (Array("abc".utf8) + [0xED, 0xA0, 0x80], .null), ([0x7B, 0x20, 0x20, 0x80], .jsonl),
        ] {
            let result = try Parsed.bytes(bytes, format: format)
            #expect(throws: RowError(number: 1, id: [0x31], reason: "not UTF-8 at byte 3")) { try result.get() }
        }
    }

    @Test("that are too long name the limit")
    func tooLong() {
        let parser = RowParser(
            .lines, template: nil, defaults: RequestDefaults(model: [], fields: []), allowsEmptyPrompt: false)
        let result = parser.parse(Record(number: 4, offset: 0, bytes: [], isTooLong: true))
        #expect(throws: RowError(number: 4, id: [0x34], reason: "the line is longer than 64 MiB")) { try result.get() }
    }

    @Test("ask for several choices where one is to be written")
    func choices() throws {
        let parser = RowParser(
            .jsonl, template: nil, defaults: RequestDefaults(model: [], fields: []), allowsEmptyPrompt: false,
            takesOneChoice: true)
        for (line, count) in [
            (#"{"prompt":"a"}"#, 1), (#"{"prompt":"a","n":2}"#, 2), (#"{"prompt":[[1],[2],[3]]}"#, 3),
        ] {
            let result = parser.parse(Record(number: 1, offset: 0, bytes: Array(line.utf8)))
            if count == 1 {
                #expect(throws: Never.self) { try result.get() }
            } else {
                let reason = "the row asks for \(count) completions; --text writes one for each row"
                #expect(throws: RowError(number: 1, id: [0x31], reason: reason)) { try result.get() }
            }
        }
    }

    @Test("name what came from outside without anything that a terminal would act on, and shortened")
    func names() throws {
        let reason = try Parsed.reason(#"{"\u001b[31m\u202e":1,"\u001b[31m\u202e":2}"#)
        #expect(reason == #"field '\x1b[31m\u{202e}' is given twice"#)
        let long = String(repeating: "x", count: 500)
        #expect(try Parsed.reason("{\"\(long)\":1,\"\(long)\":2}").count < 100)
    }
}
