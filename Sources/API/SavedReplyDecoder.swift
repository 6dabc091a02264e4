import JSON

/// Turns the bytes of a saved reply into events: a JSON reply, an event stream, or a stream's chunks each on a line of its
/// own, told apart by their content.
///
/// A single line is a reply, unless no choice in it has ended and no usage is told: then it is the first chunk of a stream
/// that was cut short. Where nothing but the body was saved, an error's status is that which the API gives errors of its kind.
public struct SavedReplyDecoder: Sendable {
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private enum Mode {
        case undecided
        case lines
        case reply
    }

    private var mode = Mode.undecided
    /// What is not decoded yet: all that came while undecided, else the beginning of a line.
    private var held: [UInt8] = []
    /// How much of ``held`` was searched for a line's end.
    private var searched = 0
    private var reply = ReplyDecoder()
    private var lines = ChunkLineDecoder()

    /// A decoder before the first byte.
    public init() {}

    /// Whether the end or a failure was given, so that nothing more need be read.
    public var isOver: Bool { mode == .lines ? lines.isOver : reply.isOver }

    /// Takes the next bytes and gives the events that they complete.
    public mutating func feed(_ bytes: ArraySlice<UInt8>) -> [ReplyEvent] {
        switch mode {
        case .reply: return reply.feed(bytes)
        case .lines: return takeLines(bytes)
        case .undecided:
            held += bytes
            decide()
            guard mode != .undecided else { return [] }
            let start = held
            held = []
            searched = 0
            return feed(start[...])
        }
    }

    /// Takes the end of the bytes and gives the events that were held back, an end or a failure among them.
    public mutating func finish() -> [ReplyEvent] {
        guard !isOver else { return [] }
        if mode == .lines { return lines.finish(held[...]) }
        let events = reply.feed(held[...]) + reply.finish()
        guard mode == .undecided, case .chunk(let chunk)? = events.first, Self.endsNothing(chunk) else { return events }
        return lines.finish(held[...])
    }

    /// Lines, when the first one is an object and something follows it.
    private mutating func decide() {
        guard !Self.byteOrderMark.starts(with: held) || held.isEmpty else { return }
        if held.starts(with: Self.byteOrderMark) { held.removeFirst(Self.byteOrderMark.count) }
        guard let start = held.firstIndex(where: { !Self.isSpace($0) }) else { return }
        guard held[start] == UInt8(ascii: "{") else { return mode = .reply }
        guard let end = held[max(start, searched)...].firstIndex(of: UInt8(ascii: "\n")) else {
            return searched = held.count
        }
        guard held[end...].contains(where: { !Self.isSpace($0) }) else { return }
        let isObject = (try? JSONDocument(parsing: Array(held[start..<end]))) != nil
        mode = isObject ? .lines : .reply
    }

    /// Whether what looks like a reply is a chunk of a stream alone on its line.
    private static func endsNothing(_ chunk: CompletionChunk) -> Bool {
        let hasUsage = chunk.document.root["usage"].map { !$0.isNull } ?? false
        return !hasUsage && chunk.choices.allSatisfy { $0.source["finish_reason"]?.isNull == true }
    }

    private mutating func takeLines(_ bytes: ArraySlice<UInt8>) -> [ReplyEvent] {
        var events: [ReplyEvent] = []
        var rest = bytes
        while !isOver, let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            events += lines.take(held + rest[..<end])
            held.removeAll(keepingCapacity: true)
            rest = rest[(end + 1)...]
        }
        held += rest
        return events
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
}
