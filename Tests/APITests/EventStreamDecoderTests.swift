import API
import Testing

@Suite("Event stream decoder")
struct EventStreamDecoderTests {
    private func decode(_ pieces: some Sequence<ArraySlice<UInt8>>) -> [ServerSentEvent] {
        var decoder = EventStreamDecoder()
        var events: [ServerSentEvent] = []
        for piece in pieces { events += decoder.feed(piece) }
        return events + decoder.finish()
    }

    @Test("a stream gives its events", arguments: EventStream.all)
    func whole(stream: EventStream) {
        #expect(decode([stream.bytes[...]]) == stream.events)
    }

    @Test("a stream cut anywhere gives the same events", arguments: EventStream.all)
    func cutOnce(stream: EventStream) {
        for offset in 0...stream.bytes.count {
            let pieces = [stream.bytes[..<offset], [], stream.bytes[offset...]]
            #expect(decode(pieces) == stream.events, "cut at \(offset)")
        }
    }

    @Test("a stream in pieces of any size gives the same events", arguments: EventStream.all)
    func pieces(stream: EventStream) {
        for size in 1...7 {
            let starts = stride(from: 0, to: stream.bytes.count, by: size)
            let pieces = starts.map { stream.bytes[$0..<min($0 + size, stream.bytes.count)] }
            #expect(decode(pieces) == stream.events, "pieces of \(size)")
        }
    }

    @Test("an event is given with the line end that completes it, not before and not later")
    func timing() {
        var decoder = EventStreamDecoder()
        #expect(decoder.feed(Array("data: a\r\n\r".utf8)[...]).count == 1, "the line feed need not be waited for")
        #expect(decoder.feed(Array("\n".utf8)[...]) == [])
        #expect(decoder.feed(Array("data: b\n".utf8)[...]) == [])
        #expect(decoder.feed(Array("\n".utf8)[...]).count == 1)
        #expect(decoder.finish().isEmpty)
    }

    @Test("bytes that are not UTF-8 pass through")
    func invalidBytes() {
        let bytes = Array("data: a".utf8) + [0xFF, 0x00, 0xE5] + Array("\n\n".utf8)
        #expect(decode([bytes[...]]).map(\.data) == [[0x61, 0xFF, 0x00, 0xE5]])
    }

    @Test("a slice out of larger bytes is read by its own bounds")
    func slices() {
        let bytes = Array("xxdata: a\n\nyy".utf8)
        #expect(decode([bytes[2..<11]]).map(\.data) == [[0x61]])
    }
}
