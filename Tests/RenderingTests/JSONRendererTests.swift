import Rendering
import Testing

@Suite("JSON and JSON lines")
struct JSONRendererTests {
    private let reply =
        "{\n\"choices\": [{\"index\":0,\"text\":\"\\u0041\",\"finish_reason\":\"stop\"}], \"n\":1.0, \"n\":2\n}"

    @Test func aWholeReplyIsItsBytes() {
        #expect(Rendered(.json, [reply], isWholeReply: true).text == reply + "\n")
        #expect(Rendered(.json, [reply + "\n"], isWholeReply: true).text == reply + "\n")
    }

    @Test func layoutsChangeWhiteSpaceOnly() {
        let compact = Rendered(.json, [reply], isWholeReply: true) { $0.layout = .compact }.text
        #expect(compact == #"{"choices":[{"index":0,"text":"\u0041","finish_reason":"stop"}],"n":1.0,"n":2}"# + "\n")
        let pretty = Rendered(.json, [reply], isWholeReply: true) { $0.layout = .pretty }.text
        #expect(
            pretty.hasPrefix("{\n  \"choices\": [\n    {\n      \"index\": 0,\n") && pretty.hasSuffix("  \"n\": 2\n}\n")
        )
    }

    @Test func halfADocumentIsNone() {
        #expect(Rendered(.json, [Rendered.chunk("a")], isWhole: false).text == "")
    }

    @Test func linesAreChunksAsReceived() {
        let chunks = [Rendered.chunk("a"), Rendered.chunk("b", end: true)]
        let rendered = Rendered(.jsonl, chunks)
        #expect(rendered.progress == [chunks[0] + "\n", chunks[0] + "\n" + chunks[1] + "\n"])
    }

    @Test func aLineHasNoLineBreaks() {
        let line = Rendered(.jsonl, [reply], isWholeReply: true).text
        #expect(line == #"{"choices": [{"index":0,"text":"\u0041","finish_reason":"stop"}], "n":1.0, "n":2}"# + "\n")
    }
}
