import Testing

/// What servers put between the chunks of a stream changes nothing, and an error among it is never lost, wherever it stands
/// and wherever the bytes are cut.
@Suite("Noise in streams")
struct StreamNoiseTests {
    /// Streams, event by event.
    private static let streams = [
        [ReplyShape.chunk("a"), ReplyShape.chunk("é\\ud83d\\ude00", ReplyShape.stop)],
        [ReplyShape.chunk("a"), ReplyShape.chunk("b", ReplyShape.stop), ReplyShape.done],
        [
            ReplyShape.chunk("a"), ReplyShape.chunk("b", index: 1), ReplyShape.chunk("A", ReplyShape.stop),
            ReplyShape.chunk("B", ReplyShape.stop, index: 1), ReplyShape.event(#"{"choices":[],"usage":{}}"#),
            ReplyShape.done,
        ],
    ]
    private static let padding = [
        "data: null\n\n", "data: \"\"\n\n", "data: {}\n\n", ": keepalive\n\n", ":\n", "data: : keepalive\n\n",
        "event: ping\ndata: {\"t\":1}\n\n", "event: keepalive\ndata: x y\r\n\r\n", "data:\n\n", "id: 7\n\n", "\n",
        "data: ping\n\n",
        "null\n\n", "{}\n",
    ]
    private static let junk = [
        "data: {oops\n\n", "data: 17\n\n", "data: bye bye\n\n", "see you later\n\n", "data: [1]\n\n",
    ]
    private static let errors = [
        "data: {\"error\":{\"message\":\"no\"}}\n\n", "event: error\ndata: no\n\n", "event: error\n\n", "error: no\n\n",
        "error: {\"message\":\"no\",\"code\":503}\n\n", "{\"error\":\"no\"}\n\n",
        "{\n\"error\": {\"message\": \"no\"}\n}\n\n",
        "data: {\"status_code\":429,\"error\":{\"message\":\"no\"}}\n\n", "data: {\"detail\":\"no\"}\n\n",
        "data: {\"message\":\"no\",\"type\":\"server_error\"}\n\n",
    ]

    /// The stream with noise at random places.
    private func noisy(_ events: [String], _ random: inout some RandomNumberGenerator) -> [String] {
        var result: [String] = []
        for (place, event) in (events + [""]).enumerated() {
            let hasEnded = place >= events.count - (events.last == ReplyShape.done ? 1 : 0)
            while Int.random(in: 0..<5, using: &random) < 3 {
                let noise = hasEnded && Bool.random(using: &random) ? Self.junk : Self.padding
                result.append(noise.randomElement(using: &random) ?? "")
            }
            result.append(event)
        }
        return result
    }

    @Test("padding, keep-alives and junk after the finish change nothing", arguments: streams.indices)
    func noise(stream: Int) {
        let events = Self.streams[stream]
        let plain = Reading([Array(events.joined().utf8)[...]])
        #expect(plain.endings == ["end"])
        var random = SeededRandom(seed: UInt64(stream + 1))
        for _ in 0..<8 {
            let text = noisy(events, &random).joined()
            let bytes = Array(text.utf8)
            for cut in 0...bytes.count {
                let reading = Reading([bytes[..<cut], bytes[cut...]])
                if reading != plain {
                    Issue.record("cut at \(cut) of \(text.debugDescription): \(reading)")
                    return
                }
            }
        }
    }

    @Test("an error anywhere before [DONE] is never lost", arguments: errors)
    func lost(error: String) {
        var random = SeededRandom(seed: 7)
        for events in Self.streams {
            for place in 0...events.count - (events.last == ReplyShape.done ? 1 : 0) {
                var events = events
                events.insert(error, at: place)
                let text = noisy(events, &random).joined()
                let bytes = Array(text.utf8)
                let whole = Reading([bytes[...]])
                #expect(whole.endings.count == 1 && whole.endings != ["end"], "\(text.debugDescription)")
                for cut in 0...bytes.count where Reading([bytes[..<cut], bytes[cut...]]) != whole {
                    Issue.record("cut at \(cut) of \(text.debugDescription)")
                    return
                }
            }
        }
    }
}

/// The same numbers for the same seed (xorshift).
private struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
