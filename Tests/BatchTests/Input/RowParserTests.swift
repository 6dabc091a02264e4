import JSON
import Testing

@testable import Batch

@Suite("Rows of an input")
struct RowParserTests {
    @Test(
        "hold a prompt as a JSON string, or as an object of body fields",
        arguments: [
            (#""Once upon a time""#, #"{"model":"m","prompt":"Once upon a time"}"#),
            (#" "caf\u00e9 \ud83d\ude00\n" "#, "{\"model\":\"m\",\"prompt\":\"caf\u{e9} \u{1F600}\\n\"}"),
            (#"{"prompt": "a"}"#, #"{"model":"m","prompt":"a"}"#),
            (#"{"prompt": ["a", "b\u0001"]}"#, #"{"model":"m","prompt":["a","b\u0001"]}"#),
            (#"{"prompt": [1, 2, 3]}"#, #"{"model":"m","prompt":[1,2,3]}"#),
            (#"{"prompt": [[1, 2], [3]]}"#, #"{"model":"m","prompt":[[1,2],[3]]}"#),
            (#"{"custom_id": "x", "prompt": "a"}"#, #"{"model":"m","prompt":"a"}"#),
            (#"{"top_p": 0.5, "prompt": "a", "seed": 1}"#, #"{"model":"m","prompt":"a","top_p":0.5,"seed":1}"#),
            (#"{"prompt": "a", "model": "other"}"#, #"{"model":"other","prompt":"a"}"#),
            (#"{"prompt":"a","logit_bias":{"5" : -1}}"#, #"{"model":"m","prompt":"a","logit_bias":{"5":-1}}"#),
        ])
    func bodies(line: String, body: String) throws {
        #expect(try Parsed.body(line) == body)
    }

    @Test("a field of the row takes the place of a flag's")
    func defaults() throws {
        let fields: [JSONMember] = [
            JSONMember("max_tokens", 64), JSONMember("seed", 7), JSONMember("stop", ["x"]), JSONMember("stream", true),
        ]
        #expect(
            try Parsed.body(#""a""#, fields: fields)
                == #"{"model":"m","prompt":"a","max_tokens":64,"seed":7,"stop":["x"]}"#)
        #expect(
            try Parsed.body(#"{"user":"u","seed":null,"prompt":"a","max_tokens":1}"#, fields: fields)
                == #"{"model":"m","prompt":"a","max_tokens":1,"seed":null,"stop":["x"],"user":"u"}"#)
    }

    @Test("fields that flags gave as JSON are sent without white space, and the last one of a name counts")
    func givenAsJSON() throws {
        let value = JSONValue.document(try JSONDocument(parsing: Array(#"[ "a" , 1.50 ]"#.utf8)))
        let fields = [
            JSONMember("stop", value), JSONMember("seed", 1), JSONMember("seed", 2), JSONMember("model", "other"),
        ]
        #expect(
            try Parsed.body(#""p""#, fields: fields) == #"{"model":"other","prompt":"p","stop":["a",1.50],"seed":2}"#)
    }

    @Test("numbers are sent as they are spelled")
    func numbers() throws {
        let line = #"{"prompt":"a","temperature":1.0,"top_p":5e-1,"seed":12345678901234567890123}"#
        #expect(
            try Parsed.body(line)
                == #"{"model":"m","prompt":"a","temperature":1.0,"top_p":5e-1,"seed":12345678901234567890123}"#)
    }

    @Test("have their custom_id, or else their number, as id")
    func ids() throws {
        #expect(try Parsed.record(#""a""#, number: 12).get().id.text == "12")
        #expect(try Parsed.record(#"{"prompt":"a"}"#, number: 3).get().id.text == "3")
        #expect(try Parsed.record(#"{"custom_id":"row-\u00e9","prompt":"a"}"#).get().id.text == "row-é")
        #expect(try Parsed.record("a", number: 5, format: .lines).get().id.text == "5")
    }

    @Test("an error names the row's id where that can be read")
    func errorIDs() throws {
        func error(_ line: String) throws -> RowError? {
            if case .failure(let error) = try Parsed.record(line, number: 9) { error } else { nil }
        }
        #expect(try error(#"{"custom_id":"x","prompt":""}"#)?.id.text == "x")
        #expect(try error(#"{"custom_id":7,"prompt":"a"}"#)?.id.text == "9")
        #expect(try error("{")?.id.text == "9")
        #expect(try error("{")?.number == 9)
    }

    @Test("a stream is no part of the body or its digest, but known")
    func streams() throws {
        let plain = try Parsed.record(#"{"prompt":"a"}"#).get()
        let streamed = try Parsed.record(#"{"prompt":"a","stream":true,"stream_options":{"include_usage":true}}"#).get()
        let whole = try Parsed.record(#"{"prompt":"a","stream":false}"#).get()
        #expect(streamed.body.jsonBytes == plain.body.jsonBytes && streamed.digest == plain.digest)
        #expect(plain.wantsStream == nil && streamed.wantsStream == true && whole.wantsStream == false)
    }

    @Test("know how many choices and tokens they ask for")
    func counts() throws {
        let row = try Parsed.record(#"{"prompt":["a","b"],"n":3,"max_tokens":10,"best_of":5}"#).get()
        #expect(row.choiceCount == 6 && row.completionsPerPrompt == 5 && row.maxTokens == 10)
        let plain = try Parsed.record(#"{"prompt":[[1,2],[3],[4]],"max_tokens":-1}"#).get()
        #expect(plain.choiceCount == 3 && plain.maxTokens == nil && plain.promptSize.tokenCount == 4)
    }

    @Test("plain text is a prompt, byte for byte")
    func plainText() throws {
        #expect(
            try Parsed.record("\"a\"\r", format: .lines).get().body.jsonBytes.text
                == #"{"model":"m","prompt":"\"a\"\r"}"#)
        #expect(try Parsed.record("a\nb", format: .null).get().body.jsonBytes.text == #"{"model":"m","prompt":"a\nb"}"#)
    }

    @Test("an empty prompt is sent when that is allowed")
    func allowedEmpty() throws {
        for (text, format) in [("", InputFormat.lines), (#""""#, .jsonl), (#"{"prompt":["","a"]}"#, .jsonl)] {
            #expect(throws: RowError.self) { try Parsed.record(text, format: format).get() }
            #expect(throws: Never.self) { try Parsed.record(text, format: format, allowsEmptyPrompt: true).get() }
        }
    }

    @Test("a byte order mark before the first one is passed by, in JSON alone")
    func byteOrderMark() throws {
        let line = [0xEF, 0xBB, 0xBF] + Array(#""a""#.utf8)
        #expect(try Parsed.bytes(line).get().body.jsonBytes.text == #"{"model":"m","prompt":"a"}"#)
        #expect(throws: RowError.self) { try Parsed.bytes(line, number: 2).get() }
        let text = try Parsed.bytes([0xEF, 0xBB, 0xBF, 0x61], format: .lines).get()
        #expect(text.body.jsonBytes.text == "{\"model\":\"m\",\"prompt\":\"\u{FEFF}a\"}")
    }
}
