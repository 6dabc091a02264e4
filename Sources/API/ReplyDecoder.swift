import JSON

/// Turns the bytes of a reply with a good HTTP status, whole or streamed, into events.
///
/// Which of the two it is is read off the first bytes, since servers ignore `stream` and mislabel content.
public struct ReplyDecoder: Sendable {
    private enum Mode {
        case undecided
        case whole
        case stream
    }

    private var mode = Mode.undecided
    /// The bytes so far, unless they went to the event decoder.
    private var body: [UInt8] = []
    /// How many bytes at its beginning tell nothing.
    private var blanks = 0
    private var events = EventStreamDecoder()
    private var progress: StreamProgress

    /// Whether the end or a failure was given, so that nothing more need be read.
    public private(set) var isOver = false

    /// A decoder before the first byte.
    ///
    /// - Parameter choices: how many were asked for. A stream that ends with fewer, without the server's `[DONE]`, is
    ///   cut short.
    public init(choices: Int = 1) {
        progress = StreamProgress(expected: choices)
    }

    /// Whether the reply is, as far as was seen, a stream of events.
    public var isStream: Bool { mode == .stream }

    /// How much of a stream has come.
    public var extent: StreamExtent { progress.extent }

    /// How many bytes are held until more come: of a whole reply all, of a stream those of an unfinished event.
    public var heldCount: Int { body.count + events.heldCount }

    /// Whether a stream has brought a finish reason for every choice, so that it may end at any time.
    public var hasWholeAnswer: Bool { isStream && progress.isWhole }

    /// Takes the next bytes and gives the events that they complete.
    public mutating func feed(_ bytes: ArraySlice<UInt8>) -> [ReplyEvent] {
        guard mode != .stream else { return decode(events.feed(bytes)) }
        body += bytes
        if mode == .undecided {
            blanks += body[blanks...].prefix { Self.isBlank($0) }.count
            mode = Self.mode(of: body[blanks...])
        }
        guard mode == .stream else { return [] }
        let start = body
        body = []
        return decode(events.feed(start[...]))
    }

    /// Takes the end of the bytes and gives the events that were held back, an end or a failure among them.
    public mutating func finish() -> [ReplyEvent] {
        guard !isOver else { return [] }
        guard mode == .stream else { return finishWhole() }
        var last: [ReplyEvent] = []
        if let cutOff = events.finish() {
            last = decode([cutOff])
            // What came after the last finish reason, such as the usage, is no part of the answer.
            if case .failure(.unreadable)? = last.last {
                last = [progress.isWhole ? end() : .failure(.cutShort(after: progress.extent))]
            }
        }
        if !isOver { last.append(progress.isWhole ? end() : .failure(.cutShort(after: progress.extent))) }
        isOver = true
        return last
    }

    /// Whether a byte is white space, or of a byte order mark.
    static func isBlank(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF: true
        default: false
        }
    }

    private static func mode(of text: ArraySlice<UInt8>) -> Mode {
        let openings = ["data", "event", "id", "retry", ":"]
        if openings.contains(where: { text.starts(with: $0.utf8) }) { return .stream }
        return openings.contains { $0.utf8.starts(with: text) } ? .undecided : .whole
    }

    private mutating func decode(_ events: [ServerSentEvent]) -> [ReplyEvent] {
        var result: [ReplyEvent] = []
        for event in events where !isOver {
            if event.data.elementsEqual("[DONE]".utf8) {
                isOver = true
                result.append(end())
            } else if !event.data.allSatisfy({ $0 == UInt8(ascii: " ") }) {
                result.append(chunk(of: event))
            }
        }
        return result
    }

    private mutating func chunk(of event: ServerSentEvent) -> ReplyEvent {
        do throws(ReplyError) {
            if event.name.elementsEqual("error".utf8) { throw .server(APIError(inSuccess: event.data)) }
            let chunk = try CompletionChunk(Self.parse(event.data), isWholeReply: false)
            progress.note(chunk)
            return .chunk(chunk)
        } catch {
            isOver = true
            return .failure(error)
        }
    }

    private func end() -> ReplyEvent {
        progress.hasChoices ? .end : .failure(.noChoice(progress.lastSource))
    }

    private mutating func finishWhole() -> [ReplyEvent] {
        isOver = true
        do throws(ReplyError) {
            guard blanks < body.count else { throw .empty }
            guard !PlainWords.isPage(body) else { throw .html(body) }
            let document = try Self.parse(body)
            guard document.root["choices"] != nil else { throw .foreign(body) }
            let chunk = try CompletionChunk(document, isWholeReply: true)
            guard !chunk.choices.isEmpty else { throw .noChoice(body) }
            return [.chunk(chunk), .end]
        } catch {
            return [.failure(error)]
        }
    }

    /// Reads JSON that reports no error.
    static func parse(_ bytes: [UInt8]) throws(ReplyError) -> JSONDocument {
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(parsing: bytes)
        } catch {
            throw .unreadable("\(error)", bytes)
        }
        let isNested = document.root["error"].map { !$0.isNull } ?? false
        if isNested || document.root["choices"] == nil, let error = APIError(inSuccess: document.root) {
            throw .server(error)
        }
        return document
    }
}
