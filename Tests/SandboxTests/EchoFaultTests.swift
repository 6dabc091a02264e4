import JSON
import Testing

@testable import Sandbox

@Suite("Spoiled echoes")
struct EchoFaultTests {
    private static let fields =
        #""prompt":"It was a dark","echo":true,"logprobs":1,"max_tokens":1,"min_tokens":1,"temperature":0"#

    /// The body of a completion in which a fault was made.
    private func body(_ fault: EchoFault?, _ fields: String = fields) throws -> JSONView {
        let reply = AskedAPI().post(Array(#"{"model":"gpt-oss-120b",\#(fields)}"#.utf8))
        guard case .completion(var run) = reply.body else {
            Issue.record("no completion")
            return try JSONDocument(parsing: Array("{}".utf8)).root
        }
        while run.advance() {}
        return try JSONDocument(parsing: fault?.change(run.wholeReply) ?? run.wholeReply).root
    }

    /// The choice's text, and of its log probabilities what is compared: tokens, whether they have a value, offsets.
    private func choice(_ fault: EchoFault?) throws -> (text: String, tokens: [String], known: [Bool], offsets: [Int]) {
        let choice = try #require(try body(fault).list("choices").first)
        let logprobs = try #require(choice["logprobs"])
        return (
            choice["text"]?.string ?? "", logprobs.list("tokens").compactMap(\.string),
            logprobs.list("token_logprobs").map { !$0.isNull }, logprobs.list("text_offset").compactMap(\.integer)
        )
    }

    @Test("Without a fault a prompt comes back with offsets from 0, and null for its first token")
    func none() throws {
        let whole = try choice(nil)
        #expect(whole.text == "It was a dark and")
        #expect(whole.tokens == ["It", " was", " a", " dark", " and"])
        #expect(whole.known == [false, true, true, true, true] && whole.offsets == [0, 2, 6, 8, 13])
    }

    @Test("Each fault spoils what it says, and nothing else")
    func faults() throws {
        let whole = try choice(nil)
        #expect(try choice(.ignored) == (" and", [" and"], [true], [13]))
        #expect(try choice(.altered).text == "Be helpful. It was a dark and")
        #expect(try choice(.extraToken).tokens == ["It"] + whole.tokens)
        #expect(try choice(.missingToken).tokens == ["It", " a", " dark", " and"])
        #expect(try choice(.missingToken).text == whole.text)
        #expect(try choice(.doubledStart).tokens == ["<s>", "<s>"] + whole.tokens)
        #expect(try choice(.fewLogprobs).known == [false, true, true, true])
        #expect(try choice(.fewLogprobs).tokens == whole.tokens)
        #expect(try choice(.nullLogprob).known == [false, true, true, false, true])
        #expect(try choice(.noOffsets) == (whole.text, whole.tokens, whole.known, []))
        #expect(try choice(.joinedOffsets).offsets == [0, 0, 0, 0, 0])
        let none = try #require(try body(.noLogprobs).list("choices").first)
        #expect(none["logprobs"]?.isNull == true && none["text"]?.string == whole.text)
        let chat = try #require(try body(.chatShape).list("choices").first?["logprobs"])
        #expect(chat["tokens"] == nil && chat.list("content").compactMap { $0["token"]?.string } == whole.tokens)
    }

    @Test("What is no echo of one prompt is left as it is", arguments: EchoFault.allCases)
    func others(fault: EchoFault) throws {
        let length = #""max_tokens":2,"min_tokens":2,"temperature":0,"#
        for fields in [
            length + #""prompt":"It was a dark","logprobs":1"#, length + #""prompt":"It was a dark","echo":true"#,
            length + #""prompt":["It was","I am"],"echo":true,"logprobs":1"#,
        ] {
            let changed = try body(fault, fields).list("choices").map { Array($0.source) }
            #expect(try body(nil, fields).list("choices").map { Array($0.source) } == changed, "\(fields)")
        }
        #expect(fault.change(Array("{".utf8)) == Array("{".utf8))
    }
}
