import API
import Rendering
import Testing

@Suite("Page of a comparison")
struct ComparisonPageTests {
    private func read(_ text: String) throws -> CompletionChunk {
        var decoder = ReplyDecoder(.saved)
        for case .chunk(let chunk) in decoder.feed(Array(text.utf8)[...]) + decoder.finish() { return chunk }
        throw ReplyError.empty
    }

    private func choice(_ tokens: [(String, Double)], _ index: Int = 0) -> String {
        let names = tokens.map { "\"\($0.0)\"" }.joined(separator: ",")
        let values = tokens.map { "\($0.1)" }.joined(separator: ",")
        return """
            {"index":\(index),"text":"\(tokens.map(\.0).joined())","finish_reason":"stop",\
            "logprobs":{"tokens":[\(names)],"token_logprobs":[\(values)]}}
            """
    }

    private func page(
        _ a: [String], _ b: [String], _ findings: [ComparisonPage.Finding], changes: [ComparisonPage.Change] = []
    ) throws -> String {
        let sides = try [a, b].enumerated().map { place, choices in
            ComparisonPage.Side(
                name: Array("<\(place)>".utf8), try read("{\"choices\":[\(choices.joined(separator: ","))]}"),
                topCount: nil)
        }
        let bytes = ComparisonPage(sides[0], sides[1], findings, changes: changes).bytes
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("the token that differs is marked in both, under names of its own, and both have one scale")
    func tokens() throws {
        let a = choice([("It", -0.1), (" was", -0.1)])
        let b = choice([("It", -0.1), (" is", -5)])
        let text = try page([a], [b], [.init(0, lines: ["diverges", "  a: x<"], token: 1, offset: 2)])
        for mark in [
            ##"id="da0" tabindex="-1" role="img" aria-label="First divergence">≠</b><span id="ta0-1" class="h0 e""##,
            ##"aria-label="First divergence">≠</b><span id="tb0-1" class="h4 e""##, ##"<a href="#da0">a</a>"##,
            "<li>a: x&lt;</li>", "<h3 id=\"a0\" tabindex=\"-1\">a: &lt;0&gt;</h3>",
        ] {
            #expect(text.contains(mark), "\(mark)")
        }
        #expect(text.ranges(of: "<span>8 bits</span>").count == 2)
        #expect(text.ranges(of: "class=\"d\" id=").count == 2)
        let ids = text.matches(of: #/ id="([^"]*)"/#).map { String($0.1) }
        #expect(Set(ids).count == ids.count, "no name is there twice")
    }

    @Test("the pictures of both have the axis of the longer one")
    func axis() throws {
        let short = choice((0..<10).map { _ in ("a", -1) })
        let long = choice((0..<100).map { _ in ("a", -1) })
        let text = try page([short], [long], [.init(0, lines: ["x"], token: 10, offset: 10)])
        #expect(text.ranges(of: "viewBox=\"0 0 100 100\"").count == 2)
        #expect(
            text.contains("a<span class=\"p\"") && text.contains("</span><b class=\"d\" id=\"da0\""),
            "the end is marked")
    }

    @Test("text without tokens is parted at the divergence, within a line and at its end")
    func text() throws {
        let plain = #"{"index":0,"text":"one <two","finish_reason":"stop"}"#
        let other = #"{"index":0,"text":"one ","finish_reason":"stop"}"#
        let text = try page([plain], [other], [.init(0, lines: ["x"], token: nil, offset: 4)])
        #expect(text.contains(#">one <b class="d" id="da0""#) && text.contains("≠</b>&lt;two</div>"))
        #expect(text.contains(#">one <b class="d" id="db0""#) && text.contains("≠</b></div>"))
        #expect(!text.contains("How likely each token was"))
    }

    @Test("a choice that one lacks, no choices at all, and fields that differ are shown")
    func missing() throws {
        let text = try page(
            [choice([("a", -1)]), choice([("a", -1)], 1)], [choice([("a", -1)])],
            [.init(1, lines: ["only in a"], token: nil, offset: nil)],
            changes: [("model", "\"<m>\"", "none")])
        #expect(text.contains("<p>The response has no choice 1.</p>") && !text.contains("class=\"d\""))
        #expect(text.contains("<td><code>&quot;&lt;m&gt;&quot;</code></td><td><code>none</code></td>"))
        #expect(try page([choice([])], [choice([])], []).contains("<p>The responses have no choices.</p>"))
    }
}
