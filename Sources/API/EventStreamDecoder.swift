import JSON
import Platform

/// Decodes a stream of server-sent events from bytes that may be cut anywhere.
///
/// Lines end in LF, CRLF or CR; a byte order mark at the start, comments and unknown fields are skipped, as are `id`
/// and `retry`, which only matter to a client that reconnects. Beyond the standard, which would drop them, events are made
/// of what servers write between events: a field `error`, an event named so without data, JSON and words without a field's
/// name. Events that no empty line separates are kept apart, too: a data line that follows a whole JSON value or padding
/// begins an event of its own, since both together are no JSON, and so does a second name.
public struct EventStreamDecoder: Sendable {
    private var line: [UInt8] = []
    /// The line's length so far; more than `line` holds in a comment.
    private var lineLength = 0
    private var lineNumber = 0
    private var event = ServerSentEvent()
    /// A name that came after the data of an event without one: that event's, or the next one's when more data follows.
    private var laterName: [UInt8]?
    private var dataLines = 0
    /// How many of the data lines are not blank.
    private var filledLines = 0
    private var skipsLineFeed = false
    /// Whether a field or comment was seen, so that words between them are no broken JSON.
    private var hasFields = false
    /// A JSON value that stands without a field's name, as far as it has come.
    private var document: [UInt8] = []
    private var scanner = JSONValueScanner()
    private var documentLine = 0
    private var events: [ServerSentEvent] = []

    /// A decoder at the start of a stream.
    public init() {}

    /// How many bytes of an unfinished line, event and document have come, which a sender could let grow without end.
    public var heldCount: Int { lineLength + event.data.count + event.name.count + document.count }

    /// Takes the next bytes and gives the events that they complete.
    public mutating func feed(_ bytes: ArraySlice<UInt8>) -> [ServerSentEvent] {
        var rest = bytes
        var ends = LineEnds()
        if skipsLineFeed, rest.first == UInt8(ascii: "\n") { rest = rest.dropFirst() }
        if !bytes.isEmpty { skipsLineFeed = false }
        while let end = ends.next(in: rest) {
            if lineLength == 0, end == rest.startIndex, !scanner.isOpen {
                lineNumber += 1
                dispatch(isTerminated: true)
            } else if lineLength == 0 {
                endLine(rest[..<end], isTerminated: true)
            } else {
                extendLine(by: rest[..<end])
                endHeldLine(isTerminated: true)
            }
            let isReturn = rest[end] == UInt8(ascii: "\r")
            rest = rest[(end + 1)...]
            if isReturn {
                if rest.isEmpty {
                    skipsLineFeed = true
                } else if rest.first == UInt8(ascii: "\n") {
                    rest = rest.dropFirst()
                }
            }
        }
        extendLine(by: rest)
        return takeEvents()
    }

    /// Takes the end of the stream; gives what it completes, and the event that it cut off, if there is one.
    public mutating func finish() -> [ServerSentEvent] {
        if !line.isEmpty { endHeldLine(isTerminated: false) }
        if scanner.isOpen { endDocument(isTerminated: false) }
        // A name that the stream ended after is more likely that of an event whose data never came.
        if laterName != nil { separateData() }
        dispatch(isTerminated: false)
        return takeEvents()
    }

    private mutating func takeEvents() -> [ServerSentEvent] {
        defer { events = [] }
        return events
    }

    /// Adds to the line; of a comment only the colon is kept.
    private mutating func extendLine(by piece: ArraySlice<UInt8>) {
        lineLength += piece.count
        let isComment = (line.first ?? piece.first) == UInt8(ascii: ":") && !scanner.isOpen
        line += isComment ? piece.prefix(line.isEmpty ? 1 : 0) : piece
    }

    /// Ends a line that came in pieces.
    private mutating func endHeldLine(isTerminated: Bool) {
        let text = line
        line = []
        lineLength = 0
        endLine(text[...], isTerminated: isTerminated)
    }

    private mutating func endLine(_ text: ArraySlice<UInt8>, isTerminated: Bool) {
        lineNumber += 1
        var text = text
        if lineNumber == 1, text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        if scanner.isOpen {
            guard StreamLine.beginsEvent(text) else { return takeDocument(text, isTerminated: isTerminated) }
            // A value that never ended must not swallow the events after it.
            endDocument(isTerminated: true)
        }
        let content = StreamLine(text, isTerminated: isTerminated)
        hasFields = hasFields || content.isOfEvents
        switch content {
        case .blank: dispatch(isTerminated: true)
        case .data(let value): takeData(value)
        case .event(let name): takeName(name)
        case .error(let value):
            dispatchData()
            event.name = Array("error".utf8)
            takeData(value)
            dispatch(isTerminated: true)
        case .document: takeDocument(text, isTerminated: isTerminated)
        case .text(let words): giveText(words)
        case .comment, .ignored: break
        }
    }

    private mutating func takeName(_ name: ArraySlice<UInt8>) {
        if dataLines > 0, event.name.isEmpty {
            laterName = Array(name)
        } else {
            dispatchData()
            event.name = Array(name)
        }
    }

    private mutating func takeData(_ value: ArraySlice<UInt8>) {
        if dataLines > 0 { separateData() }
        if dataLines > 0 { event.data.append(UInt8(ascii: "\n")) }
        if event.data.isEmpty { event.data = Array(value) } else { event.data += value }
        dataLines += 1
        if value.contains(where: { !$0.isBlank }) { filledLines += 1 }
    }

    /// Gives the data so far if it is an event without what follows; a name that came after it is then the next one's.
    private mutating func separateData() {
        guard filledLines == 1, StreamItem.isWhole(event.data, isError: StreamItem.isErrorName(event.name)) else {
            return
        }
        let name = laterName
        laterName = nil
        dispatch(isTerminated: true)
        event.name = name ?? []
    }

    /// Takes a line of a JSON value, and what follows the value on it.
    private mutating func takeDocument(_ text: ArraySlice<UInt8>, isTerminated: Bool) {
        var rest = text
        repeat {
            if !scanner.isOpen { documentLine = lineNumber }
            guard let end = scanner.end(in: rest) else {
                document += rest
                if isTerminated {
                    document.append(UInt8(ascii: "\n"))
                    // No JSON string goes on over a line's end.
                    if scanner.isInString { endDocument(isTerminated: true) }
                }
                return
            }
            document += rest[..<end]
            endDocument(isTerminated: true)
            rest = rest[end...].drop { $0.isBlank || $0 == UInt8(ascii: ",") }
        } while StreamLine.beginsDocument(rest)
        if !rest.isEmpty { giveText(rest) }
    }

    private mutating func giveText(_ words: ArraySlice<UInt8>) {
        give(Array(words), hasFields ? .text : .document(line: lineNumber))
    }

    private mutating func endDocument(isTerminated: Bool) {
        give(document, .document(line: documentLine), isTerminated: isTerminated)
        document.removeAll()
        scanner = JSONValueScanner()
    }

    /// Gives what stands without a field's name, under the name that came before it.
    private mutating func give(_ data: [UInt8], _ origin: ServerSentEvent.Origin, isTerminated: Bool = true) {
        dispatchData()
        events.append(ServerSentEvent(name: event.name, data: data, isTerminated: isTerminated, origin: origin))
        event = ServerSentEvent()
    }

    /// Gives the event so far if it has data; a name without is kept.
    private mutating func dispatchData() {
        if dataLines > 0 { dispatch(isTerminated: true) }
    }

    private mutating func dispatch(isTerminated: Bool) {
        if let name = laterName { event.name = name }
        laterName = nil
        if dataLines > 0 || StreamItem.isErrorName(event.name) {
            event.isTerminated = isTerminated
            events.append(event)
        }
        event = ServerSentEvent()
        (dataLines, filledLines) = (0, 0)
    }
}
