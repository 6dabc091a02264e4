import API
import JSON
import Testing

@Suite("Reply decoder")
struct ReplyDecoderTests {
    /// What a reply said, in words.
    private struct Reading: Equatable {
        var texts: [Int: String] = [:]
        var endings: [String] = []

        mutating func add(_ events: [ReplyEvent]) {
            for event in events {
                switch event {
                case .chunk(let chunk):
                    for choice in chunk.choices {
                        texts[choice.index, default: ""] += String(decoding: choice.text, as: UTF8.self)
                    }
                case .end: endings.append("end")
                case .failure(let error): endings.append(Self.name(of: error))
                }
            }
        }

        private static func name(of error: ReplyError) -> String {
            switch error {
            case .empty: "empty"
            case .html: "html"
            case .unreadable: "unreadable"
            case .foreign: "foreign"
            case .noChoice: "noChoice"
            case .cutShort: "cutShort"
            case .server(let error): "server \(error.status) \(error.message)"
            }
        }
    }

    private func read(_ pieces: [ArraySlice<UInt8>]) -> Reading {
        var decoder = ReplyDecoder()
        var reading = Reading()
        for piece in pieces where !decoder.isOver { reading.add(decoder.feed(piece)) }
        reading.add(decoder.finish())
        return reading
    }

    @Test(arguments: StreamShape.all)
    func everyShapeIsUnderstood(shape: StreamShape) {
        let reading = read([shape.bytes[...]])
        #expect(reading.texts == shape.texts)
        #expect(reading.endings == [shape.ending])
    }

    @Test(arguments: StreamShape.all)
    func aCutAnywhereChangesNothing(shape: StreamShape) {
        let whole = read([shape.bytes[...]])
        for offset in shape.bytes.indices {
            #expect(read([shape.bytes[..<offset], shape.bytes[offset...]]) == whole, "cut at \(offset)")
        }
        #expect(read(shape.bytes.indices.map { shape.bytes[$0...$0] }) == whole, "byte by byte")
    }

    @Test func anEndThatComesTooEarlyIsAlwaysTold() {
        let stream = StreamShape.all[0].bytes
        // Without its last blank line the stream is still whole.
        for offset in 1..<stream.count - 2 {
            #expect(read([stream[..<offset]]).endings != ["end"], "ended at \(offset)")
        }
    }
}
