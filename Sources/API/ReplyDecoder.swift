import JSON

/// Turns the bytes of a response, whole or streamed, live or saved, into events.
///
/// Its form is read off its content, since servers ignore `stream` and mislabel content: one JSON document alone is a whole
/// response; an event stream, JSON documents one after the other and an array of them are the chunks of a stream. A saved response
/// may have its HTTP head before it. What an event is says ``StreamItem``; nothing after `[DONE]` is read.
public struct ReplyDecoder: Sendable {
    /// Where a response comes from.
    public enum Origin: Sendable {
        /// A server, with a good HTTP status; how many choices were requested.
        case server(choices: Int)
        /// A file or pipe. A lone document is a complete response, unless its finish reasons are all null and it has no usage:
        /// then it is the first chunk of a stream that was cut. Where no head was saved, an error's status is that which the
        /// API gives errors of its kind.
        case saved
    }

    private enum Mode {
        /// What comes may yet be anything.
        case undecided
        /// The HTTP head of a saved response.
        case head
        /// The beginning of one JSON document, or all of it.
        case document
        /// The body of an error, whose saved head had its status.
        case error(status: Int)
        /// HTML or XML.
        case page
        /// Neither JSON nor, so far, events.
        case words
        case stream
    }

    private let isSaved: Bool
    private var mode = Mode.undecided
    /// The bytes so far, unless they went to the event decoder.
    private var body: [UInt8] = []
    /// How many of them were looked at.
    private var scanned = 0
    private var scanner = JSONValueScanner()
    private var isDocumentWhole = false
    private var savedHead = SavedHead()
    private var events = EventStreamDecoder()
    /// What has been seen of the completion.
    public private(set) var progress: ReplyProgress
    /// The `id` of the first chunk that has one.
    private var id: [UInt8]?

    /// Whether the end or a failure was given, so that nothing more need be read.
    public private(set) var isOver = false

    /// A decoder before the first byte.
    ///
    /// - Parameter origin: where the response comes from. A stream that ends with fewer choices than were requested, without
    ///   the server's `[DONE]`, is truncated.
    public init(_ origin: Origin = .server(choices: 1)) {
        switch origin {
        case .server(let choices):
            isSaved = false
            progress = ReplyProgress(expected: choices)
        case .saved:
            isSaved = true
            progress = ReplyProgress(expected: 1)
        }
    }

    /// Whether the response is, as far as was seen, a stream of events.
    public var isStream: Bool { if case .stream = mode { true } else { false } }

    /// How much of the completion has come.
    public var extent: StreamExtent { progress.extent }

    /// How many bytes are held until more come: of a complete response all, of a stream those of an unfinished event.
    public var heldCount: Int { body.count + events.heldCount }

    /// The bytes of a complete response, as far as they have come; nil of a stream.
    public var heldDocument: [UInt8]? { isStream ? nil : body }

    /// Whether anything of the completion itself has come: text, tokens or a finish reason.
    public var hasOutput: Bool { progress.hasOutput }

    /// Whether a stream has brought a finish reason for every choice, so that it may end at any time.
    public var hasWholeAnswer: Bool { isStream && progress.isWhole }

    /// Takes the next bytes and gives the events that they complete.
    public mutating func feed(_ bytes: ArraySlice<UInt8>) -> [ReplyEvent] {
        guard !isOver else { return [] }
        if isStream { return decode(events.feed(bytes)) }
        body += bytes
        decide()
        guard isStream else { return [] }
        let start = body
        body = []
        return decode(events.feed(start[...]))
    }

    /// Takes the end of the bytes and gives the events that were held back, an end or a failure among them.
    public mutating func finish() -> [ReplyEvent] {
        guard !isOver else { return [] }
        if case .head = mode, let status = savedHead.finish() { leaveHead(status) }
        // The bytes end inside the name of a stream's first field.
        if case .undecided = mode, scanned < body.count { mode = .stream }
        guard isStream else { return finishWhole() }
        var last = decode(events.feed(body[...]) + events.finish())
        if !isOver { last.append(endOfBytes()) }
        isOver = true
        return last
    }

    /// Looks at what is new in the body, as far as the form is still open.
    private mutating func decide() {
        switch mode {
        case .undecided: decideByOpening()
        case .head: readHead()
        case .document: lookBeyondDocument()
        case .words: if Opening.hasEventLine(body, from: &scanned) { mode = .stream }
        case .error, .page, .stream: break
        }
    }

    private mutating func decideByOpening() {
        if body.count < 3, Opening.byteOrderMark.starts(with: body) { return }
        if body.starts(with: Opening.byteOrderMark) { body.removeFirst(Opening.byteOrderMark.count) }
        scanned += body[scanned...].prefix { $0.isBlank }.count
        guard scanned < body.count else { return }
        switch Opening(body[scanned...], isSaved: isSaved) {
        case nil: return
        case .head: mode = .head
        case .field: mode = .stream
        case .document: mode = .document
        case .page: mode = .page
        case .words: mode = .words
        }
        decide()
    }

    private mutating func readHead() {
        guard let status = savedHead.take(&body, from: &scanned) else { return }
        leaveHead(status)
        decide()
    }

    private mutating func leaveHead(_ status: Int) {
        mode = (200..<300).contains(status) ? .undecided : .error(status: status)
    }

    /// Whether anything follows the document that the body begins with.
    private mutating func lookBeyondDocument() {
        if !isDocumentWhole {
            let end = scanner.end(in: body[scanned...])
            scanned = end ?? body.count
            isDocumentWhole = end != nil
        }
        guard isDocumentWhole else { return }
        scanned += body[scanned...].prefix { $0.isBlank }.count
        if scanned < body.count { mode = .stream }
    }

    private mutating func decode(_ events: [ServerSentEvent]) -> [ReplyEvent] {
        var result: [ReplyEvent] = []
        for event in events where !isOver {
            StreamItem.read(event) { item in
                if !isOver, let taken = take(item, of: event) { result.append(taken) }
            }
        }
        return result
    }

    /// What an item comes to, given what came before it; nil for nothing.
    private mutating func take(_ item: StreamItem, of event: ServerSentEvent) -> ReplyEvent? {
        switch item {
        case .padding: return nil
        case .chunk(let chunk, let line):
            if let line, isAnother(chunk) { return fail(.multipleReplies(line: line)) }
            id = id ?? chunk.document.root["id"]?.stringBytes
            progress.note(chunk)
            return .chunk(chunk)
        case .done:
            isOver = true
            return end
        case .error(let error): return fail(.server(error))
        case .junk(let error):
            // What comes after the last finish reason, such as half the usage, is no part of the completion.
            guard !progress.isWhole else { return nil }
            if !event.isTerminated, case .unreadable = error, !isBroken(event) { return nil }
            return fail(error)
        }
    }

    /// Whether the document that the bytes end in is wrong before its end, so that it is more than cut.
    private func isBroken(_ event: ServerSentEvent) -> Bool {
        guard case .document = event.origin else { return false }
        do throws(JSONError) {
            _ = try JSONDocument(parsing: event.data, allowsNonFinite: true)
            return false
        } catch {
            return error.problem != .unexpectedEnd && error.offset + 4 < event.data.count
        }
    }

    /// Whether a chunk goes on where everything has ended, and so is of another response.
    private func isAnother(_ chunk: CompletionChunk) -> Bool {
        guard progress.isWhole, !chunk.choices.isEmpty else { return false }
        if let id, let own = chunk.document.root["id"]?.stringBytes, own != id { return true }
        return chunk.choices.contains { choice in
            progress.hasEnded(choice.index) && (!choice.text.isEmpty || choice.tokenIDs?.isEmpty == false)
        }
    }

    private mutating func fail(_ error: ReplyError) -> ReplyEvent {
        isOver = true
        if case .server(let error) = error, !error.isStatusStated, progress.hasOutput {
            return .failure(.cutShort(after: extent, .error(error)))
        }
        return .failure(error)
    }

    /// The event at the end that the server has announced.
    private var end: ReplyEvent {
        guard !progress.choices.isEmpty else { return .failure(.noChoice(progress.lastSource)) }
        return progress.truncation.map { .failure(.cutShort(after: extent, $0)) } ?? .end
    }

    /// The event at an end that was not announced.
    private func endOfBytes() -> ReplyEvent {
        progress.isWhole ? end : .failure(.cutShort(after: extent, .ended))
    }

    private mutating func finishWhole() -> [ReplyEvent] {
        defer { isOver = true }
        do throws(ReplyError) {
            if case .error(let status) = mode { throw .server(APIError(status: status, body: body)) }
            guard body.contains(where: { !$0.isBlank }) else { throw .empty }
            guard !PlainWords.isPage(body) else { throw .html(body) }
            let document = try JSONDocument.of(response: body)
            if document.root.elements.contains(where: { $0.kind == .object }) { return finishArray() }
            guard document.root["choices"] != nil else { throw .notACompletion(body) }
            let chunk = try CompletionChunk(document, isWholeReply: true)
            guard !chunk.choices.isEmpty else { throw .noChoice(body) }
            if isSaved, chunk.endsNothing { return finishChunk(document) }
            progress.note(chunk)
            return [.chunk(chunk), end]
        } catch {
            return [.failure(error)]
        }
    }

    /// A chunk that is all that came of a stream.
    private mutating func finishChunk(_ document: JSONDocument) -> [ReplyEvent] {
        mode = .stream
        let event = ServerSentEvent(data: document.bytes, origin: .document(line: 1))
        return decode([event]) + [endOfBytes()]
    }

    /// An array of objects that is all that came.
    private mutating func finishArray() -> [ReplyEvent] {
        mode = .stream
        var events = decode([ServerSentEvent(data: body, origin: .document(line: 1))])
        if !isOver { events.append(endOfBytes()) }
        return events
    }
}
