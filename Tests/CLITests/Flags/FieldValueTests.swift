import Evaluation
import Flags
import HTTP
import JSON
import Testing

@testable import CLI

@Suite("Values of fields and headers")
struct FieldValueTests {
    private func parse(_ words: String...) throws(UsageError) -> CompleteOptions {
        var options = CompleteOptions()
        _ = try Parser(CompleteCommand.sections).parse(words.map { Array($0.utf8) }, into: &options)
        return options
    }

    private func field(_ name: String, _ words: String...) throws(UsageError) -> String? {
        var options = CompleteOptions()
        _ = try Parser(CompleteCommand.sections).parse(words.map { Array($0.utf8) }, into: &options)
        return options.request.fields[name].map { String(decoding: $0.jsonBytes, as: UTF8.self) }
    }

    @Test("numbers are sent as they are meant, lists as lists")
    func scalars() throws {
        #expect(try field("temperature", "-t0.2") == "0.2" && field("temperature", "-t1") == "1")
        #expect(try field("top_p", "--top-p", "1e-1") == "0.1")
        #expect(try field("seed", "--seed=-9223372036854775808") == "-9223372036854775808")
        #expect(try field("stop", "--stop", "\n\n") == #"["\n\n"]"#)
        #expect(try field("stop", "--stop=b", "--stop=a") == #"["b","a"]"#)
        #expect(try field("echo", "--echo") == "true" && field("echo") == nil)
        #expect(try field("stream_options", "--stream-usage") == #"{"include_usage":true}"#)
    }

    @Test("biases are gathered by token, the last one for each")
    func logitBias() throws {
        let words = ["--logit-bias", "5=-100", "--logit-bias", "6=1.5", "--logit-bias=5=2"]
        #expect(try field("logit_bias", words[0], words[1], words[2], words[3], words[4]) == #"{"6":1.5,"5":2}"#)
        for bad in ["5", "5=", "=1", "-5=1", "a=1", "5=101", "5=nan", "5=1=2", ""] {
            #expect(throws: UsageError.self) { try parse("--logit-bias", bad) }
        }
    }

    @Test("any other field is sent as spelled")
    func extraFields() throws {
        let fields = try parse("--set", "x=1.50", "--set", #"y={ "a" : [1e5] }"#, "--set=z=\"a=b\"").request.extraFields
        #expect(fields.map(\.name) == ["x", "y", "z"])
        #expect(
            fields.map { String(decoding: $0.value.bytes, as: UTF8.self) } == ["1.50", #"{ "a" : [1e5] }"#, "\"a=b\""])
        for bad in ["x", "=1", "x=", "x=me", "x=[1"] { #expect(throws: UsageError.self) { try parse("--set", bad) } }
    }

    @Test("token IDs are comma-separated whole numbers")
    func tokenIDs() throws {
        #expect(try parse("--prompt-tokens", "1,22,0").prompt.sources == [.tokens([1, 22, 0])])
        for bad in ["", ",", "1,", "1,,2", "-1", "1.0", "a", "1 2"] {
            #expect(throws: UsageError.self) { try parse("--prompt-tokens", bad) }
        }
    }

    @Test("a header is a name and a value on one line, and none of the program's own")
    func headers() throws {
        let headers = try parse("--header", "X-A: b: c", "--header", "x-b:", "--header", "X-C:\t d").connection.headers
        #expect(headers == [Header("X-A", "b: c"), Header("x-b", ""), Header("X-C", "d")])
        let bad = [
            "X-A", ": b", "X A: b", "X-A : b", "X-A: b\r\nX-B: c", "X-A: b\nc", "X-A: \u{0}", "X-É: b",
            "content-TYPE: x", "Content-Length: 1",
        ]
        for header in bad { #expect(throws: UsageError.self, "\(header)") { try parse("--header", header) } }
    }

    @Test("a key never shows in the message that refuses it")
    func secrets() {
        for words in [
            ["--api-key=secret"], ["--key", "secret"], ["--header", "Authorization Bearer secret"],
            ["--base-url", "http://u:secret@h"],
        ] {
            var options = CompleteOptions()
            let error = #expect(throws: UsageError.self) {
                try Parser(CompleteCommand.sections).parse(words.map { Array($0.utf8) }, into: &options)
            }
            #expect(error.map { !"\($0.message.shown) \($0.hint?.shown ?? "")".contains("secret") } == true, "\(words)")
        }
    }

    @Test("what completions offer for --expect begins a check")
    func expectationBeginnings() throws {
        for beginning in Value<Evaluation.Expectation>.expectationBeginnings {
            _ = try Value.expectation.parse(Array("\(beginning.name)1".utf8))
        }
    }
}
