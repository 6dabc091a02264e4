import JSON
import Platform

/// What an event of a stream is: the one table that live, whole and saved responses are read by.
///
/// | event | item |
/// | --- | --- |
/// | named `error`, or JSON that reports one | ``error(_:)`` |
/// | `[DONE]`, with blanks around it, quoted, or under any other name | ``done`` |
/// | named `ping`, `keepalive` or `heartbeat`, or data that is such a word or a comment | ``padding`` |
/// | empty data, `null`, `""`, `{}`, `[]` | ``padding`` |
/// | an object of the completions endpoint | ``chunk(_:line:)`` |
/// | an array without a field's name: each element is an event | |
/// | anything else | ``junk(_:)`` |
enum StreamItem {
    /// It says nothing.
    case padding
    /// A part of the completion; the line that it begins in, where it stood without a field's name.
    case chunk(CompletionChunk, line: Int?)
    /// The server says that the stream is over.
    case done
    /// The server reports an error.
    case error(APIError)
    /// Neither of these. It matters only while the response is not complete.
    case junk(ReplyError)

    /// Reads an event, in nearly every case as one item.
    ///
    /// - Parameter take: takes the items in order.
    static func read(_ event: ServerSentEvent, _ take: (StreamItem) -> Void) {
        // What nearly every event is.
        if event.name.isEmpty, event.data.first == UInt8(ascii: "{") { return readJSON(event, take) }
        let word = trimmed(event.data)
        if isErrorName(event.name) { return take(.error(APIError(inSuccess: event.data))) }
        if isKeepAlive(event.name) { return take(error(under: event.data).map(StreamItem.error) ?? .padding) }
        if isDone(word) { return take(.done) }
        if word.isEmpty || word.first == UInt8(ascii: ":") || isKeepAlive(word) { return take(.padding) }
        readJSON(event, take)
    }

    private static func readJSON(_ event: ServerSentEvent, _ take: (StreamItem) -> Void) {
        do throws(ReplyError) {
            read(try JSONDocument.of(response: event.data), event.origin, take)
        } catch {
            if case .server(let error) = error { return take(.error(error)) }
            guard event.origin == .text else { return take(.junk(error)) }
            take(.junk(.server(APIError(inSuccess: event.data))))
        }
    }

    /// The error that a member `error` holds, which no name of an event hides.
    private static func error(under data: [UInt8]) -> APIError? {
        guard let root = (try? JSONDocument(parsing: data))?.root, root["error"] != nil else { return nil }
        return APIError(inSuccess: root)
    }

    private static func read(
        _ document: JSONDocument, _ origin: ServerSentEvent.Origin, _ take: (StreamItem) -> Void
    ) {
        let root = document.root
        let line: Int? = if case .document(let line) = origin { line } else { nil }
        if let line, root.kind == .array { return readElements(document, line, take) }
        guard !isPadding(root) else { return take(.padding) }
        if root.kind == .string, root.stringBytes.map(isDone) == true { return take(.done) }
        do throws(ReplyError) {
            take(.chunk(try CompletionChunk(document, isWholeReply: false), line: line))
        } catch {
            take(.junk(error))
        }
    }

    /// The elements of an array, as `jq -s .` makes it of chunks.
    private static func readElements(_ array: JSONDocument, _ line: Int, _ take: (StreamItem) -> Void) {
        var (line, place) = (line, array.bytes.startIndex)
        for element in array.root.elements {
            let source = element.source
            line += array.bytes[place..<source.startIndex].count { $0 == UInt8(ascii: "\n") }
            place = source.startIndex
            // The array has been read, so that its elements can be.
            let data = Array(source)
            if element.kind == .array {
                take(.junk(.notACompletion(data)))
            } else {
                read(ServerSentEvent(data: data, origin: .document(line: line)), take)
            }
        }
    }

    private static func isPadding(_ root: JSONView) -> Bool {
        switch root.kind {
        case .null: true
        case .string: root.stringBytes.map { trimmed($0).isEmpty || isKeepAlive($0) } ?? true
        case .array: root.elements.first { _ in true } == nil
        case .object:
            !root.has("choices")
                && (root.memberCount == 0 || root["type"]?.stringBytes.map(isKeepAlive) == true)
        case .bool, .number: false
        }
    }

    /// Whether data is a whole object, `[DONE]` or padding, so that a line after it is not a part of it.
    ///
    /// - Parameter isError: whether the event reports an error, whose words may begin like padding.
    static func isWhole(_ data: [UInt8], isError: Bool) -> Bool {
        let word = trimmed(data)
        if word.first == UInt8(ascii: "{") { return (try? JSONDocument(parsing: data, allowsNonFinite: true)) != nil }
        return isDone(word) || !isError && isPadding(word)
    }

    /// Whether data is a word, a comment or JSON that says nothing.
    private static func isPadding(_ word: ArraySlice<UInt8>) -> Bool {
        word.first == UInt8(ascii: ":") || isKeepAlive(word)
            || (try? JSONDocument(parsing: Array(word))).map { isPadding($0.root) } == true
    }

    /// Whether events of this name report errors, whatever their data.
    static func isErrorName(_ name: [UInt8]) -> Bool {
        guard !name.isEmpty else { return false }
        let name = StreamLine.lowercased(name)
        return name.firstRange(matching: "error".utf8) != nil || name.elementsEqual("exception".utf8)
    }

    private static func isDone(_ word: some Collection<UInt8>) -> Bool {
        word.count == 6 && StreamLine.lowercased(word).elementsEqual("[done]".utf8)
    }

    /// Whether a name or word is what servers send to keep a connection open.
    private static func isKeepAlive(_ word: some Collection<UInt8>) -> Bool {
        guard 4...10 ~= word.count else { return false }
        let word = StreamLine.lowercased(word).filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
        return ["ping", "pong", "keepalive", "heartbeat"].contains { word.elementsEqual($0.utf8) }
    }

    private static func trimmed(_ data: [UInt8]) -> ArraySlice<UInt8> {
        var rest = data.drop(while: \.isBlank)
        while let last = rest.last, last.isBlank { rest.removeLast() }
        return rest
    }
}
