import Rendering
import Testing

@Suite("JSON lines")
struct JSONLinesRendererTests {
    @Test("each chunk is a line as received, written when it comes")
    func chunks() {
        let chunks = [
            Rendered.chunk("\\u0061"), #"{ "choices" : [ ], "usage":{"n":1.50,"n":2} }"#,
            Rendered.chunk("b", end: true),
        ]
        let rendered = Rendered(.jsonl, chunks)
        #expect(rendered.progress[0] == chunks[0] + "\n")
        #expect(rendered.text == chunks.map { $0 + "\n" }.joined())
    }

    @Test("a complete response is one line, its line breaks left out and nothing else")
    func wholeReply() {
        let reply = "{\r\n  \"choices\": [\n{\"text\":\"a\\n\",\t\"index\":0}],\r \"n\":1.0\n}\n"
        let rendered = Rendered(.jsonl, [reply], isWholeReply: true)
        #expect(rendered.text == #"{  "choices": [{"text":"a\n","# + "\t" + #""index":0}], "n":1.0}"# + "\n")
    }

    @Test("what came of a truncated response is there, and no more")
    func cutShort() {
        #expect(Rendered(.jsonl, [Rendered.chunk("a")], isWhole: false).text == Rendered.chunk("a") + "\n")
    }
}
