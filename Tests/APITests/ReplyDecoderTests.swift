import API
import JSON
import Testing

@Suite("Response decoder")
struct ReplyDecoderTests {
    @Test("every shape is understood", arguments: ReplyShape.all)
    func whole(shape: ReplyShape) {
        let reading = Reading([shape.bytes[...]])
        #expect(reading.texts == shape.texts)
        #expect(reading.endings == [shape.ending])
    }

    @Test("a cut anywhere changes nothing", arguments: ReplyShape.all)
    func cutOnce(shape: ReplyShape) {
        let whole = Reading([shape.bytes[...]])
        for offset in 0...shape.bytes.count {
            #expect(Reading([shape.bytes[..<offset], [], shape.bytes[offset...]]) == whole, "cut at \(offset)")
        }
    }

    @Test("neither do pieces of any size", arguments: ReplyShape.all)
    func pieces(shape: ReplyShape) {
        let whole = Reading([shape.bytes[...]])
        for size in 1...7 {
            let starts = stride(from: 0, to: shape.bytes.count, by: size)
            let pieces = starts.map { shape.bytes[$0..<min($0 + size, shape.bytes.count)] }
            #expect(Reading(pieces) == whole, "pieces of \(size)")
        }
    }

    @Test("an end that comes too early is never taken for the end of the completion")
    func earlyEnd() {
        let stream = ReplyShape.streams[0].bytes
        // The two line ends after the last chunk may be missing.
        for count in 0..<stream.count - 2 {
            let endings = Reading([stream[..<count]]).endings
            #expect(endings.count == 1 && endings != ["end"], "ended after \(count)")
        }
    }

    @Test("a chunk comes as soon as its event is complete")
    func timing() {
        var decoder = ReplyDecoder()
        let event = Array(ReplyShape.chunk("a").utf8)
        #expect(decoder.feed(event.dropLast()).isEmpty)
        #expect(decoder.feed(event.suffix(1)).count == 1)
        #expect(decoder.isStream && !decoder.isOver)
        #expect(decoder.feed(Array(ReplyShape.done.utf8)[...]).count == 1)
        #expect(decoder.isOver)
        #expect(decoder.finish().isEmpty)
    }

    @Test("a complete response comes at its end, as one chunk of its own bytes")
    func wholeReply() {
        let text = " {\"choices\":[{\"text\":\"a\"}],\n\"n\":1.50}\n"
        var decoder = ReplyDecoder()
        #expect(decoder.feed(Array(text.utf8)[...]).isEmpty)
        #expect(!decoder.isStream)
        let events = decoder.finish()
        guard case .chunk(let chunk)? = events.first else {
            Issue.record("no chunk")
            return
        }
        #expect(events.count == 2 && chunk.isWholeReply && chunk.document.bytes.elementsEqual(text.utf8))
    }

    @Test("an error inside a stream keeps its type, param and code")
    func errorDetails() {
        var decoder = ReplyDecoder()
        let data = #"{"status_code":429,"error":{"message":"m","type":"t","param":"p","code":"c"}}"#
        guard case .failure(.server(let error))? = decoder.feed(Array(ReplyShape.event(data).utf8)[...]).first else {
            Issue.record("no error")
            return
        }
        #expect(error.status == 429 && error.message == "m")
        #expect([error.type, error.param, error.code] == ["t", "p", "c"])
    }

    @Test("a response that is no completion is kept, to be quoted")
    func quotes() {
        var decoder = ReplyDecoder()
        _ = decoder.feed(Array("internal error".utf8)[...])
        guard case .failure(.unreadable(let reason, let bytes))? = decoder.finish().first else {
            Issue.record("no failure")
            return
        }
        #expect(reason == "expected a value at byte 0" && bytes.elementsEqual("internal error".utf8))
    }
}
