import TestSupport

extension FaultRow {
    private static let reset = "Recv failure: Connection reset by peer"
    private static let open = "transfer closed with outstanding read data remaining"
    private static let noHexadecimal = "Illegal or missing hexadecimal sequence in chunked-encoding"
    private static let ended = "the stream ended without a finish reason"
    private static let shortPatience = ["--idle-timeout", "2s"]
    private static let silence = "nothing received for 2 s (--idle-timeout)"
    private static let silent = "{url}/v1/completions: \(silence)"
    /// The same once some of a stream has come.
    private static let fallsSilent = "response truncated after 3 tokens: \(silence)"

    private static let document = CannedReply.document(FaultAnswer.document)
    private static let length = FaultAnswer.document.utf8.count
    private static let half = String(FaultAnswer.document.prefix(length / 2))
    private static let start = #"'{"id":"cmpl-1","choices":[{"index":0,"finish_reason":"length…'"#
    /// Three chunks, and a part of the fourth.
    private static let inside = FaultAnswer.events(3) + #"data: {"id":"cmpl-1","choices":[{"in"#
    private static let streamLength = FaultAnswer.stream.utf8.count

    /// What the faults of bodies come to, byte for byte.
    static let bodyRows = brokenRows + transferRows + documentRows + streamRows

    private static let brokenRows = [
        FaultRow(
            "each byte in a write of its own",
            .asAsked(streamed: .events(FaultAnswer.stream).bytewise, whole: document.bytewise), both: .answers),
        FaultRow(
            "truncated below Content-Length",
            .asAsked(
                streamed: .ok("Content-Length: \(streamLength)", body: inside),
                whole: .document(half, promising: length)),
            streamed: .cutShort("transfer closed with \(streamLength - inside.utf8.count) bytes remaining to read"),
            whole: .fails(
                5,
                "connection lost during the response (transfer closed with \(length - half.utf8.count) bytes remaining to read): \(start)"
            )),
        FaultRow(
            "closed inside a body without a length",
            .asAsked(streamed: .events(inside), whole: .ok(body: half)), streamed: .cutShort(ended),
            whole: .fails(5, "the response is not JSON (the text ends too early at byte \(half.utf8.count)): \(start)")),
        FaultRow(
            "reset inside the body",
            .asAsked(
                streamed: .events(inside, ending: .reset), whole: .document(half, promising: length, ending: .reset)),
            streamed: .cutShort(reset), whole: .fails(5, "connection lost during the response (\(reset)): \(start)")),
        FaultRow(
            "silence inside the body",
            .asAsked(
                streamed: .events(inside, ending: .hang), whole: .document(half, promising: length, ending: .hang)),
            flags: shortPatience, streamed: .breaks(8, after: 3, fallsSilent), whole: .fails(8, silent)),
        FaultRow(
            "reset after the last finish reason",
            .asAsked(streamed: .events(FaultAnswer.events(), ending: .reset), whole: document), both: .answers),
        FaultRow(
            "silence after the last finish reason",
            .asAsked(streamed: .events(FaultAnswer.events(), ending: .hang), whole: document), flags: shortPatience,
            both: .answers),
    ]

    private static let transferRows = [
        FaultRow(
            "closed inside chunked transfer",
            .asAsked(
                streamed: .ok("Transfer-Encoding: chunked", body: "1000\r\n" + inside),
                whole: .ok("Transfer-Encoding: chunked", body: "1000\r\n" + half)),
            streamed: .cutShort(open), whole: .fails(5, "connection lost during the response (\(open)): \(start)")),
        FaultRow(
            "chunked transfer without its end",
            .asAsked(
                streamed: .ok("Transfer-Encoding: chunked", body: piece(FaultAnswer.events(3))),
                whole: .ok("Transfer-Encoding: chunked", body: piece(FaultAnswer.document))),
            streamed: .cutShort(open), whole: .fails(5, "connection lost during the response (\(open)): \(start)")),
        FaultRow(
            "nonsense inside chunked transfer",
            .asAsked(
                streamed: .ok("Transfer-Encoding: chunked", body: piece(FaultAnswer.events(3)) + "xyz\r\n"),
                whole: .ok("Transfer-Encoding: chunked", body: piece(half) + "xyz\r\n")),
            streamed: .cutShort(noHexadecimal),
            whole: .fails(5, "connection lost during the response (\(noHexadecimal)): \(start)")),
        FaultRow(
            "bad gzip", .bytes(.ok("Content-Encoding: gzip", body: "\u{1F}not gzip")),
            both: .fails(5, #"the response's gzip data is damaged (incorrect header check): '\x1fnot gzip'"#)),
        FaultRow(
            "an encoding that was not asked for", .bytes(.ok("Content-Encoding: br", body: "{}")),
            both: .fails(5, "the response has the unsupported encoding 'br'")),
    ]

    private static let documentRows = [
        FaultRow("white space", .bytes(.document(" \r\n\t")), both: .fails(5, "the server sent an empty response")),
        FaultRow(
            "not JSON", .bytes(.document("oops")),
            both: .fails(5, "the response is not JSON (expected a value at byte 0): 'oops'")),
        FaultRow(
            "not UTF-8",
            .bytes(CannedReply(body: Array(#"{"choices":[{"text":""#.utf8) + [0xFF] + Array("\"}]}".utf8))),
            both: .fails(5, #"the response is not JSON (not UTF-8 at byte 21): '{"choices":[{"text":"\xff"}]}'"#)),
        FaultRow(
            "another endpoint's reply", .bytes(.document(#"{"object":"list","data":[]}"#)),
            both: .fails(5, #"the response is not a completion: '{"object":"list","data":[]}'"#)),
        FaultRow(
            "no choice", .bytes(.document(#"{"choices":[]}"#)),
            both: .fails(5, #"the response has no choices: '{"choices":[]}'"#)),
        FaultRow("an error for an answer", .bytes(.document(#"{"error":"no"}"#)), both: .fails(5, "no")),
    ]

    private static let streamRows = [
        stream("the end before the finish reason", FaultAnswer.events(3), .cutShort(ended)),
        stream(
            "an event that is not JSON", FaultAnswer.events(3) + "data: {oops\n\n",
            .breaks(5, after: 3, "the response is not JSON (expected a key in quotes at byte 1): '{oops'")),
        stream(
            "an error event", FaultAnswer.events(3) + "event: error\ndata: {\"message\":\"no\"}\n\n",
            .cutShort("no")),
        stream(
            "an error in a field of its own", FaultAnswer.events(3) + "error: {\"message\":\"no\"}\n\n" + done,
            .cutShort("no")),
        stream("an error on a line of JSON", FaultAnswer.events(3) + "{\"error\":\"no\"}\n\n" + done, .cutShort("no")),
        stream("an error in words", FaultAnswer.events(3) + "out of memory\n\n" + done, .cutShort("out of memory")),
        stream("an error in words first", ": hello\n\nout of memory\n\n" + done, .fails(5, "out of memory")),
        stream("[DONE] with blanks", FaultAnswer.events() + "event: end\ndata:  [DONE] \n\n", .answers),
        stream("junk after the finish", FaultAnswer.events() + "data: {oops\n\nbye bye\n\n" + done, .answers),
        stream("padding around each event", padded(FaultAnswer.stream), .answers),
        stream("one newline between events", FaultAnswer.stream.replacing("\n\n", with: "\n"), .answers),
        stream("a byte order mark", "\u{FEFF}" + FaultAnswer.stream, .answers),
        stream("documents without data:", FaultAnswer.stream.replacing("data: ", with: ""), .answers),
        stream("[DONE] alone", "data: [DONE]\n\n", .fails(5, "the response has no choices: ''")),
        stream(
            "comments alone", ": hello\n\n: hello\n\n",
            .fails(9, "response truncated after 0 tokens: \(ended)")),
        // The server's word that all is said is taken.
        stream(
            "[DONE] before the finish reason", FaultAnswer.events(3) + "data: [DONE]\n\n",
            FaultCell(status: 0, output: .ended(3), error: ["note: the server sent no finish reason"])),
    ]

    private static let done = "data: [DONE]\n\n"

    /// A stream, also where a whole reply was asked for.
    private static func stream(_ name: String, _ body: String, _ cell: FaultCell) -> FaultRow {
        FaultRow(name, .stream(.events(body)), both: cell)
    }

    /// The stream with padding before, between and after its events.
    private static func padded(_ stream: String) -> String {
        let padding = "data: null\n\ndata: \"\"\n\ndata: {}\n\n: hello\n\nevent: ping\ndata: 1\n\n"
        return padding + stream.replacing("\n\n", with: "\n\n" + padding)
    }

    /// A piece of chunked transfer (RFC 9112, 7.1).
    private static func piece(_ text: String) -> String {
        String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n"
    }
}
