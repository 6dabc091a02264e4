/// Turns the bytes of tokens into text: holds back what may begin a stop sequence or an unfinished character, and finds
/// where a stop sequence cuts.
struct TextAssembler: Sendable {
    private let stops: [[UInt8]]
    /// Bytes not yet let go.
    private var held: [UInt8] = []
    /// How many of the bytes that were added have been let go.
    private(set) var sentBytes = 0
    /// Whether a stop sequence was met; nothing comes after it.
    private(set) var isStopped = false

    init(stops: [[UInt8]]) {
        self.stops = stops
    }

    /// Takes a token's bytes and gives the text that is safe to send.
    mutating func add(_ bytes: [UInt8]) -> [UInt8] {
        guard !isStopped else { return [] }
        held += bytes
        if let start = stops.compactMap({ held.firstRange(of: $0)?.lowerBound }).min() {
            isStopped = true
            return take(start)
        }
        let afterStops = held.count - (stops.map { Self.overlap(of: held, with: $0) }.max() ?? 0)
        return take(min(afterStops, Self.wholeCharacters(in: held)))
    }

    /// Takes the end and gives what was held back, an unfinished character as U+FFFD.
    mutating func finish() -> [UInt8] {
        guard !isStopped else { return [] }
        return Array(String(decoding: take(held.count), as: UTF8.self).utf8)
    }

    /// The first bytes as UTF-8, what is not as U+FFFD.
    private mutating func take(_ count: Int) -> [UInt8] {
        let text = Array(String(decoding: held.prefix(count), as: UTF8.self).utf8)
        held.removeFirst(count)
        sentBytes += count
        return text
    }

    /// How many bytes at the end of `text` might begin `stop`.
    private static func overlap(of text: [UInt8], with stop: [UInt8]) -> Int {
        stride(from: min(text.count, stop.count - 1), to: 0, by: -1).first {
            text.suffix($0).elementsEqual(stop.prefix($0))
        } ?? 0
    }

    /// How many bytes there are without an unfinished character at the end; bytes that no other can make a character
    /// of are finished.
    static func wholeCharacters(in text: [UInt8]) -> Int {
        for back in 1...3 where back <= text.count {
            let start = text.count - back
            guard text[start] & 0xC0 != 0x80 else { continue }
            return isUnfinished(text[start...]) ? start : text.count
        }
        return text.count
    }

    /// Whether more bytes could make these one character (Unicode standard, table 3-7).
    private static func isUnfinished(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let lead = bytes.first, 0xC2...0xF4 ~= lead else { return false }
        guard bytes.count < (lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2) else { return false }
        guard let second = bytes.dropFirst().first else { return true }
        return switch lead {
        case 0xE0: second >= 0xA0
        case 0xED: second <= 0x9F
        case 0xF0: second >= 0x90
        case 0xF4: second <= 0x8F
        default: true
        }
    }
}
