extension ReplyShape {
    /// Streams with more in them than the page tells of, which are whole all the same.
    static let liberalStreams = paddedStreams + unframedStreams + endedStreams

    private static let both = [0: "ab"]
    private static let pair = chunk("a") + chunk("b", stop)

    private static let paddedStreams = [
        ReplyShape("padding before, between and after", padded(chunk("a"), chunk("b", stop)), both),
        ReplyShape(
            "keep-alives under names of their own",
            chunk("a") + "event: ping\ndata: {\"time\":1}\n\nevent: Keep-Alive\ndata: still here\n\n"
                + "event: heartbeat\ndata: {\"message\":\"m\",\"type\":\"t\"}\n\n" + chunk("b", stop), both),
        ReplyShape("comments as data", event(": keepalive") + chunk("a") + event(":") + chunk("b", stop), both),
        ReplyShape("words as data", event("ping") + chunk("a") + event("\"keep-alive\"") + chunk("b", stop), both),
        ReplyShape("an object that is a ping", chunk("a") + event(#"{"type":"ping"}"#) + chunk("b", stop), both),
        ReplyShape("a chunk under a name", "event: completion\n" + chunk("a") + chunk("b", stop), both),
        ReplyShape(
            "padding without a field's name", "null\n\n" + chunk("a") + "{}\n\nping\n\n" + chunk("b", stop), both),
        ReplyShape("sizes of another transfer coding", chunk("a") + "1fc\r\n\r\n" + chunk("b", stop), both),
    ]

    private static let unframedStreams = [
        ReplyShape("one newline between events", pair.replacing("\n\n", with: "\n") + "data: [DONE]\n", both),
        ReplyShape(
            "one newline, and padding", ("data: null\n" + pair + "data: \"\"\n").replacing("\n\n", with: "\n"), both),
        ReplyShape("one newline, and no [DONE]", String(pair.replacing("\n\n", with: "\n").dropLast()), both),
        ReplyShape("documents on lines", pair.replacing("data: ", with: "").replacing("\n\n", with: "\n"), both),
        ReplyShape("documents one after the other", pair.replacing("data: ", with: "").replacing("\n", with: ""), both),
        ReplyShape(
            "documents laid out", pair.replacing("data: ", with: "").replacing(",", with: ",\n\n  ") + "[DONE]\n", both),
        ReplyShape(
            "an array of chunks",
            "[\n" + pair.replacing("data: ", with: "").replacing("}\n\n{", with: "},\n{") + "]\n", both),
        ReplyShape("a chunk without a field's name among events", chunk("a") + chunk("b", stop).dropFirst(6), both),
        ReplyShape(
            "brackets and quotes in a text", chunk(#"}\"]{\\"#) + chunk("b", stop).dropFirst(6), [0: #"}"]{\b"#]),
    ]

    private static let endedStreams = [
        ReplyShape("blanks around [DONE]", pair + "data:  [DONE] \t\n\n" + event("{oops"), both),
        ReplyShape("[DONE] in an event with a name", pair + "event: done\ndata: [DONE]\n\n" + event("{oops"), both),
        ReplyShape("[DONE] in quotes", pair + event("\"[DONE]\"") + event("{oops"), both),
        ReplyShape("junk after the finish", pair + event("{oops") + event("17") + event("bye bye") + done, both),
        ReplyShape("words after the finish", pair + "see you later\n\n" + done, both),
        ReplyShape("half an object after the finish", pair + "{\"usage\":\n\n" + done, both),
        ReplyShape("another endpoint's chunk after the finish", pair + event(#"{"choices":[{"delta":{}}]}"#), both),
        ReplyShape("an error that is none", pair + event(#"{"error":{}}"#) + event(#"{"error":false}"#), both),
    ]

    /// Errors in every way of telling them, before and after output.
    static let errorStreams = [
        error("a field of its own", "error: {\"message\":\"busy\"}\n\n", "busy"),
        error("a field in capitals, in words", "Error: too busy\n\n", "too busy"),
        error("a field without words", "error\n\n", "the server sent no explanation"),
        error("a line of JSON", "{\"error\":{\"message\":\"busy\"}}\n\n", "busy"),
        error("JSON on several lines", "{\n  \"error\": {\n    \"message\": \"busy\"\n  }\n}\n\n", "busy"),
        error("a line of words", "upstream connect error: reset\n\n", "upstream connect error: reset"),
        error("a word", "Timeout\n\n", "Timeout"),
        error("a name without data", "event: error\n\n", "the server sent no explanation"),
        error("another name", "event: internal_error\ndata: busy\n\n", "busy"),
        error("an object without words", event(#"{"error":{"reason":1}}"#), #"{"reason":1}"#),
        error("an error under a keep-alive's name", "event: ping\ndata: {\"error\":\"busy\"}\n\n", "busy"),
        error("detail", event(#"{"detail":"busy"}"#), "busy"),
    ].flatMap { $0 }

    private static func error(_ name: String, _ text: String, _ message: String) -> [ReplyShape] {
        [
            ReplyShape(
                "\(name), after output", chunk("a") + text + done, [0: "a"], ending: "cutShort after 1: \(message)"),
            ReplyShape("\(name), before output", ": hi\n\n" + text + done, [:], ending: "server 500 \(message)"),
        ]
    }

    private static func padded(_ events: String...) -> String {
        let padding =
            [
                "null", "\"\"", "{}", "[]", " null ", "{ }", "",
            ].map(event).joined() + ": keepalive\n\n:\n\n"
        return padding + events.map { $0 + padding }.joined() + done
    }
}
