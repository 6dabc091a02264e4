import API
import Logprobs
import Platform
import Testing

@testable import Evaluation

@Suite("Expectations")
struct ExpectationTests {
    private static let reply = """
        {"choices":[{"index":0,"text":"e\u{301} or\\nnot","finish_reason":"stop","logprobs":{
        "tokens":["e\u{301}"," or","\\nnot"],"token_logprobs":[null,-0.5,-1.5],"top_logprobs":null}}],
        "usage":{"completion_tokens":3}}
        """

    private func problems(_ specification: [UInt8], _ reply: String) throws -> [Message] {
        let checks = ExpectationChecks([try Expectation(parsing: specification)])
        var record = CompletionRecord(keeping: checks.details, places: checks.places)
        var decoder = ReplyDecoder(.saved)
        for case .chunk(let chunk) in decoder.feed(Array(reply.utf8)[...]) + decoder.finish() { record.note(chunk) }
        record.progress = decoder.progress
        return checks.problems(in: record)
    }

    /// What the response does not come up to; nil when it is as expected.
    private func problem(_ specification: String, _ reply: String = reply) throws -> String? {
        try problems(Array(specification.utf8), reply).first?.text(masking: Secrets())
    }

    @Test(
        "are met",
        arguments: [
            "text~or", "text~^e", "text~not$", "text!~^or", "text~(?i)OR", "text~\\s", "text~o.", "text!~x|y",
            "text=e\u{301} or\nnot", #"text="e\u0301 or\nnot""#, "text!=e\u{301} or", "text!=\u{e9} or\nnot",
            #"text~^.\u{301}"#, "text!~\u{e9}", "text!~r.n", "text~(?s)r.n",
            "finish=stop", #"finish="stop""#, "finish!=length", "finish~^(stop|length)$", "finish!~len",
            "tokens=3", "tokens!=2", "tokens<4", "tokens<=3", "tokens>2", "tokens>=3", "tokens<3.5", "tokens<=3e0",
            "mean_logprob=-1", "mean_logprob>-2", "min_logprob=-1.5", "perplexity<2.72", "perplexity>2.71",
            "token[1]= or", #"token[2]="\nnot""#, "token[0]!=\u{e9}", "token[1]~^ ", "logprob[1]=-0.5", "prob[2]<0.23",
        ])
    func met(specification: String) throws {
        #expect(try problem(specification) == nil)
    }

    @Test(
        "that are not met name what was found",
        arguments: [
            ("text~^or", #"'e\#u{301} or\nnot'"#), ("text=", #"'e\#u{301} or\nnot'"#), ("finish=length", "'stop'"),
            ("tokens!=3", "3"), ("tokens<3", "3"), ("mean_logprob>-1", "-1"), ("min_logprob>=-1", "-1.5"),
            ("perplexity<=2", "2.718281828459045"), ("token[1]=or", "' or'"), ("logprob[0]<0", "no log probability"),
            ("prob[3]>=0", "only 3 tokens"),
        ])
    func notMet(specification: String, found: String) throws {
        #expect(try problem(specification) == "expected \(specification), got \(found)")
    }

    @Test("what is no expectation is refused, and says why")
    func refused() {
        let bad = [
            "", "text", "foo=1", "Text=x", "text<1", "text>1", "finish<=1", "token=1", "token[]=1", "token[a]=1",
            "token[1=1", "prob[+1]=1", "prob[0]~1", "tokens~1", "tokens!~1", "tokens=", "tokens=x", "tokens=nan",
            "tokens=inf", "tokens===1", "tokens=0x10", "tokens = 1", "text ~x", "text~", "text~(", "text~[", "text~*",
            #"text="a"#, #"text="a"b"#, "prob[99999999999999999999]=1",
        ]
        for text in bad {
            #expect(throws: InvalidExpectation.self, "\(text)") { try Expectation(parsing: Array(text.utf8)) }
        }
        #expect(throws: InvalidExpectation("the pattern is not UTF-8 at byte 1")) {
            try Expectation(parsing: Array("text~a".utf8) + [0xFF])
        }
    }

    @Test("text that is not UTF-8 is compared byte for byte, and looks like U+FFFD to a pattern")
    func invalidText() throws {
        let reply = """
            {"choices":[{"text":"x","finish_reason":"stop","logprobs":{"content":[
            {"token":"?","bytes":[240,159],"logprob":-1,"top_logprobs":[]}]}}]}
            """
        #expect(try problems(Array("token[0]=".utf8) + [0xF0, 0x9F], reply).isEmpty)
        #expect(try problem("token[0]~^\u{FFFD}$", reply) == nil)
        #expect(try problem("token[0]=\u{FFFD}", reply)?.hasSuffix(#"got '\xf0\x9f'"#) == true)
    }

    @Test("halves of a character that a stream splits are joined before they are compared")
    func splitCharacter() throws {
        let lines =
            #"{"choices":[{"text":"\ud83d"}]}"# + "\n" + #"{"choices":[{"text":"\ude00","finish_reason":"stop"}]}"#
        #expect(try problem("text=\u{1F600}", lines + "\n") == nil)
    }

    @Test("tokens are counted by the server for one choice, else as they came")
    func counts() throws {
        let two =
            #"{"choices":[{"index":0,"text":"a","tokens":[1,2]},{"index":1,"text":"b","tokens":[1,2]}],"#
            + #""usage":{"completion_tokens":4}}"#
        #expect(try problem("tokens=2", two) == nil)
        #expect(try problem("tokens=1", two) == "choice 0: expected tokens=1, got 2")
        #expect(try problem("tokens=7", #"{"choices":[{"text":"a"}],"usage":{"completion_tokens":7}}"#) == nil)
    }

    @Test("log probabilities are asked for only when they are needed")
    func implied() throws {
        for text in ["text=x", "finish~x", "tokens<1"] {
            #expect(try Expectation(parsing: Array(text.utf8)).impliedLogprobs == nil)
        }
        for text in ["mean_logprob<1", "min_logprob<1", "perplexity<1", "token[0]=x", "prob[0]<1", "logprob[0]<1"] {
            #expect(try Expectation(parsing: Array(text.utf8)).impliedLogprobs == 0)
        }
    }
}
