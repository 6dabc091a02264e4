import Rendering
import Testing

@Suite("JSON")
struct JSONRendererTests {
    private let reply =
        "{\n\"choices\": [ {\"index\":0,\"text\":\"\\u0041\\/\",\"finish_reason\":\"stop\"}],\r\n\t\"n\":1.0, \"n\":2e0, \"\":{}\n}"

    private func json(_ layout: RenderContext.Layout, _ text: String) -> String {
        Rendered(.json, [text], isWholeReply: true) { $0.layout = layout }.text
    }

    @Test("a complete response is its bytes, with a final newline if it lacks one")
    func received() {
        #expect(json(.received, reply).utf8.elementsEqual((reply + "\n").utf8))
        #expect(json(.received, reply + "\n").utf8.elementsEqual((reply + "\n").utf8))
        #expect(json(.received, " \(reply)\n\n").utf8.elementsEqual(" \(reply)\n\n".utf8))
    }

    @Test("compact and pretty change white space and nothing else")
    func layouts() {
        #expect(
            json(.compact, reply)
                == #"{"choices":[{"index":0,"text":"\u0041\/","finish_reason":"stop"}],"n":1.0,"n":2e0,"":{}}"# + "\n")
        #expect(
            json(.pretty, reply) == #"""
                {
                  "choices": [
                    {
                      "index": 0,
                      "text": "\u0041\/",
                      "finish_reason": "stop"
                    }
                  ],
                  "n": 1.0,
                  "n": 2e0,
                  "": {}
                }

                """#)
    }

    @Test("a stream is gathered into one document at its end", arguments: [RenderContext.Layout.received, .compact])
    func gathered(layout: RenderContext.Layout) {
        let chunks = [
            #"{ "id" : "s", "choices" : [ {"index":0,"text":"a","finish_reason":null} ] }"#,
            #"{"id":"s","choices":[{"index":0,"text":"b","finish_reason":"stop"}],"usage":{"total_tokens":2.0}}"#,
        ]
        let rendered = Rendered(.json, chunks) { $0.layout = layout }
        #expect(rendered.progress == ["", ""])
        #expect(
            rendered.text
                == #"{"id":"s","choices":[{"index":0,"text":"ab","finish_reason":"stop"}],"usage":{"total_tokens":2.0}}"#
                + "\n")
    }

    @Test("a gathered document is laid out like a received one")
    func gatheredPretty() {
        let rendered = Rendered(.json, [Rendered.chunk("a", end: true)]) { $0.layout = .pretty }
        #expect(rendered.text == json(.pretty, Rendered.chunk("a", end: true)))
    }

    @Test("the sample, streamed token by token, is the document it would have been whole")
    func sample() {
        #expect(Rendered(.json, SampleReply.chunks).text == SampleReply.whole + "\n")
    }

    @Test("half a document is none")
    func cutShort() {
        #expect(Rendered(.json, [Rendered.chunk("a")], isWhole: false).text == "")
        #expect(Rendered(.json, [Rendered.chunk("a")], isWhole: false) { $0.layout = .pretty }.text == "")
    }
}
