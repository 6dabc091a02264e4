import Testing

@testable import API

/// A stream of server-sent events, and the events in it.
struct EventStream: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let events: [ServerSentEvent]

    var testDescription: String { name }

    init(_ name: String, _ text: String, _ events: [ServerSentEvent]) {
        self.name = name
        bytes = Array(text.utf8)
        self.events = events
    }

    private static func event(_ data: String, name: String = "", cutOff: Bool = false) -> ServerSentEvent {
        var event = ServerSentEvent()
        event.name = Array(name.utf8)
        event.data = Array(data.utf8)
        event.isTerminated = !cutOff
        return event
    }

    static let all = lineEnds + fields + ends

    private static let lineEnds = [
        EventStream("LF", "data: a\n\ndata: b\n\n", [event("a"), event("b")]),
        EventStream("CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", [event("a"), event("b")]),
        EventStream("CR", "data: a\r\rdata: b\r\r", [event("a"), event("b")]),
        EventStream(
            "all three", "data: a\r\ndata: b\rdata: c\n\rdata: d\n\r\n\r\r\ndata: e\r\r\n",
            [event("a\nb\nc"), event("d"), event("e")]),
        EventStream(
            "other line ends of Unicode are text", "data: a\u{85}b\u{2028}c\u{B}d\u{C}e\n\n",
            [event("a\u{85}b\u{2028}c\u{B}d\u{C}e")]),
        EventStream("byte order mark", "\u{FEFF}data: a\n\ndata: b\n\n", [event("a"), event("b")]),
        EventStream("byte order mark alone on its line", "\u{FEFF}\r\n\ndata: a\n\n", [event("a")]),
        EventStream("only the first byte order mark is one", "\u{FEFF}\u{FEFF}data: a\n\n\u{FEFF}data: b\n\n", []),
        EventStream("blank lines in plenty", "\n\n\r\n\r\rdata: a\n\n\n\n\ndata: b\n\n\n", [event("a"), event("b")]),
    ]

    private static let fields = [
        EventStream("no space after the colon", "data:a\n\ndata:{\"b\":1}\n\n", [event("a"), event("{\"b\":1}")]),
        EventStream("only one space is taken", "data:  a \n\ndata:\tb\n\n", [event(" a "), event("\tb")]),
        EventStream("colons in the data", "data: a: b:c\n\ndata::\n\n", [event("a: b:c"), event(":")]),
        EventStream("data on several lines", "data: a\ndata\ndata: b\ndata:\n\n", [event("a\n\nb\n")]),
        EventStream("a field without a colon", "data\n\ndata\ndata\n\n", [event(""), event("\n")]),
        EventStream("comments", ": ping\n\n:\n\ndata: a\n: in between\ndata: b\n\n", [event("a\nb")]),
        EventStream(
            "names", "event: error\ndata: a\n\ndata: b\n\nevent\ndata: c\n\n",
            [event("a", name: "error"), event("b"), event("c")]),
        EventStream("the last name counts", "event: a\nevent: b\ndata: x\n\n", [event("x", name: "b")]),
        EventStream("a name without data is no event", "event: a\n\ndata: b\n\n", [event("b")]),
        EventStream("id and retry", "id: 1\nretry: 10\ndata: a\nid\n\nid: 2\n\n", [event("a")]),
        EventStream(
            "unknown fields", "Data: a\n data: b\ndata : c\ndatas: d\nfoo: e\n\ndata: f\n\n", [event("f")]),
        EventStream(
            "characters of every length", "data: é夜😀\n\ndata: e\u{301}\n\n", [event("é夜😀"), event("e\u{301}")]),
        EventStream(
            "twenty events at once", String(repeating: "data: a\n\n", count: 20),
            Array(repeating: event("a"), count: 20)),
    ]

    private static let ends = [
        EventStream("nothing", "", []),
        EventStream("a byte order mark and nothing", "\u{FEFF}", []),
        EventStream("no blank line at the end", "data: a\n\ndata: b\n", [event("a"), event("b", cutOff: true)]),
        EventStream("no line end at the end", "data: a\n\ndata: b", [event("a"), event("b", cutOff: true)]),
        EventStream("a line end that is a carriage return", "data: a\r", [event("a", cutOff: true)]),
        EventStream(
            "an end between two lines of an event", "event: x\ndata: a\ndata", [event("a\n", name: "x", cutOff: true)]),
        EventStream("an end in a name", "data: a\n\nevent: b\n", [event("a")]),
        EventStream("an end in a comment", "data: a\n\n: b", [event("a")]),
        EventStream("an end in a field's name", "data: a\n\ndat", [event("a")]),
    ]
}
