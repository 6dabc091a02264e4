/// Decodes a stream of server-sent events from bytes that may be cut anywhere.
///
/// Lines end in LF, CRLF or CR; a byte order mark at the start, comments and unknown fields are passed over, as are `id`
/// and `retry`, which only matter to a client that reconnects.
public struct EventStreamDecoder: Sendable {
    private var line: [UInt8] = []
    /// The line's length so far; more than `line` holds in a comment.
    private var lineLength = 0
    private var event = ServerSentEvent()
    private var hasData = false
    private var skipsLineFeed = false
    private var isFirstLine = true

    /// A decoder at the start of a stream.
    public init() {}

    /// How many bytes of an unfinished line and event have come, which a sender could let grow without end.
    public var heldCount: Int { lineLength + event.data.count + event.name.count }

    /// Takes the next bytes and gives the events that they complete.
    public mutating func feed(_ bytes: ArraySlice<UInt8>) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        var rest = bytes
        if skipsLineFeed, rest.first == UInt8(ascii: "\n") { rest = rest.dropFirst() }
        if !bytes.isEmpty { skipsLineFeed = false }
        while let end = Self.lineEnd(in: rest) {
            extendLine(by: rest[..<end])
            if let event = endLine() { events.append(event) }
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
        return events
    }

    /// Takes the end of the stream; gives the event that it cut off, if there is one.
    public mutating func finish() -> ServerSentEvent? {
        if !line.isEmpty { _ = endLine() }
        guard hasData else { return nil }
        var last = event
        last.isTerminated = false
        reset()
        return last
    }

    private static func lineEnd(in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            var i = 0
            while i < buffer.count, buffer[i] != UInt8(ascii: "\n"), buffer[i] != UInt8(ascii: "\r") { i += 1 }
            return i < buffer.count ? bytes.startIndex + i : nil
        }
    }

    /// Adds to the line; of a comment only the colon is kept.
    private mutating func extendLine(by piece: ArraySlice<UInt8>) {
        lineLength += piece.count
        if line.first == UInt8(ascii: ":") { return }
        let isComment = line.isEmpty && piece.first == UInt8(ascii: ":")
        line += isComment ? piece.prefix(1) : piece
    }

    private mutating func endLine() -> ServerSentEvent? {
        defer {
            line.removeAll(keepingCapacity: true)
            lineLength = 0
        }
        var text = line[...]
        if isFirstLine, text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        isFirstLine = false
        guard !text.isEmpty else { return dispatch() }
        let colon = text.firstIndex(of: UInt8(ascii: ":")) ?? text.endIndex
        var value = text[min(colon + 1, text.endIndex)...]
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        takeField(text[..<colon], value)
        return nil
    }

    private mutating func takeField(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        if name.elementsEqual("data".utf8) {
            if hasData { event.data.append(UInt8(ascii: "\n")) }
            event.data += value
            hasData = true
        } else if name.elementsEqual("event".utf8) {
            event.name = Array(value)
        }
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer { reset() }
        return hasData ? event : nil
    }

    private mutating func reset() {
        event = ServerSentEvent()
        hasData = false
    }
}
