import API
import JSON
import Testing

@testable import Evaluation

@Suite("Responses compared")
struct ReplyComparisonTests {
    /// A choice with these tokens, each with its log probability.
    private func choice(_ tokens: [(String, Double?)], reason: String = "stop") -> String {
        let texts = tokens.map { "\"\($0.0)\"" }.joined(separator: ",")
        let values = tokens.map { $0.1.map { "\($0)" } ?? "null" }.joined(separator: ",")
        let text = tokens.map(\.0).joined()
        return """
            {"choices":[{"index":0,"text":"\(text)","finish_reason":"\(reason)",
            "logprobs":{"tokens":[\(texts)],"token_logprobs":[\(values)],"top_logprobs":null}}]}
            """
    }

    private func compare(_ a: String, _ b: String) throws -> ReplyComparison {
        func read(_ text: String) throws -> ComparedReply {
            var decoder = ReplyDecoder(.saved)
            for case .chunk(let chunk) in decoder.feed(Array(text.utf8)[...]) + decoder.finish() {
                return ComparedReply(chunk)
            }
            throw ReplyError.empty
        }
        return ReplyComparison(try read(a), try read(b))
    }

    @Test("the first other token is the divergence, also the first of all and the end of one")
    func divergence() throws {
        let base = choice([("a", -1), ("b", -1), ("c", -1)])
        #expect(try compare(base, base).choices[0].divergence == nil)
        for (place, tokens) in [(0, ["x", "b", "c"]), (1, ["a", "x", "c"]), (2, ["a", "b", "x"]), (2, ["a", "b"])] {
            let comparison = try compare(base, choice(tokens.map { ($0, -1) }))
            #expect(comparison.choices[0].divergence == place && !comparison.isSame)
        }
    }

    @Test("the same text in other tokens is another completion")
    func otherTokens() throws {
        let comparison = try compare(choice([("ab", -1), ("c", -1)]), choice([("a", -1), ("bc", -1)]))
        #expect(comparison.choices[0].divergence == 0 && !comparison.isSame)
    }

    @Test("tokens are compared as bytes")
    func bytes() throws {
        #expect(try compare(choice([("\u{e9}", -1)]), choice([("e\u{301}", -1)])).choices[0].divergence == 0)
    }

    @Test("the drift is over the places before the divergence that have a log probability in both")
    func drift() throws {
        let a = choice([("a", nil), ("b", -1), ("c", -2), ("d", -3), ("x", -9)])
        let b = choice([("a", -1), ("b", -1), ("c", -2.5), ("d", -2.75), ("y", -1)])
        let drift = try compare(a, b).choices[0].drift
        #expect(drift.tokens == 4 && drift.compared == 3 && drift.changed == 2)
        #expect(drift.mean == 0.25 && drift.greatest?.change == -0.5 && drift.greatest?.place == 2)
        let same = try compare(choice([("a", -1)]), choice([("a", -1.5)]))
        #expect(same.isSame && same.choices[0].drift.changed == 1)
    }

    @Test(
        "fields that changed are reported in order, names and times and key order skipped, and make no other completion"
    )
    func fields() throws {
        let tail = #""choices":[{"text":"x","finish_reason":"stop"}]}"#
        let a =
            #"{"id":"1","created":1,"model":"m","x":1,"usage":{"a":1,"d":{"c":2}},"time_info":{"t":1},"n":null,"# + tail
        let b =
            #"{"id":"2","created":2,"usage":{"d":{"c":3},"a":1},"time_info":{"t":2},"model":"\u006d","y":[ 1 ],"# + tail
        let comparison = try compare(a, b)
        #expect(comparison.changes.map(\.name) == ["x", "usage.d.c", "y"])
        #expect(comparison.changes.map { $0.a.map { String(decoding: $0, as: UTF8.self) } } == ["1", "2", nil])
        #expect(comparison.changes.map { $0.b.map { String(decoding: $0, as: UTF8.self) } } == [nil, "3", "[1]"])
        #expect(comparison.isSame)
    }

    @Test("the object for programs says what the comparison does")
    func json() throws {
        let comparison = try compare(choice([("a", -1)]), choice([("b", -2)], reason: "length"))
        let bytes = comparison.json(Pair(a: Array("one".utf8), b: Array("two".utf8)))
        let root = try JSONDocument(parsing: bytes).root
        let choice = try #require(root["choices"]?.elements.map { $0 }.first)
        #expect(root["same"]?.bool == false && root["a"]?.string == "one" && choice["divergence"]?.integer == 0)
        #expect(choice["at"]?["b"]?["token"]?.string == "b" && choice["at"]?["b"]?["logprob"]?.double == -2)
        #expect(choice["finish_reason"]?["b"]?.string == "length" && bytes.last == UInt8(ascii: "\n"))
    }
}
