import TestSupport

extension FaultRow {
    private static let reset = "Recv failure: Connection reset by peer"
    private static let shortPatience = ["--idle-timeout", "2s"]
    private static let silent = "nothing received for 2 s (--idle-timeout)"
    private static let insideHead = "HTTP/1.1 200 OK\r\nContent-"

    /// What every fault of bytes comes to.
    static let byteRows = connectionRows + bodyRows + retryRows

    /// What the faults of connections and heads come to, byte for byte.
    static let connectionRows = closedRows + silentRows + headRows

    private static let closedRows = [
        FaultRow("closed before a head", .raw(""), both: .noReply(7, "Empty reply from server")),
        FaultRow("reset before a head", .raw("", ending: .reset), both: .noReply(7, reset)),
        FaultRow("closed inside the head", .raw(insideHead), both: .noReply(7, "The connection ended inside the head")),
        FaultRow("reset inside the head", .raw(insideHead, ending: .reset), both: .noReply(7, reset)),
        FaultRow(
            "closed after the head", .bytes(.ok()),
            streamed: .fails(9, "response truncated after 0 tokens: the stream ended without a finish reason"),
            whole: .fails(5, "the server sent an empty response")),
        FaultRow(
            "reset after the head", .bytes(.ok(ending: .reset)),
            both: .fails(5, "connection lost during the response (\(reset)): ''")),
        FaultRow(
            "only an interim reply", .raw("HTTP/1.1 103 Early Hints\r\n\r\n"),
            both: .noReply(7, "Empty reply from server")),
    ]

    private static let silentRows = [
        FaultRow("silence before a head", .bytes(.silence), flags: shortPatience, both: .noReply(8, silent)),
        FaultRow(
            "silence inside the head", .raw(insideHead, ending: .hang), flags: shortPatience, both: .noReply(8, silent)),
        FaultRow(
            "silence after the head", .bytes(.ok(ending: .hang)), flags: shortPatience, both: .noReply(8, silent)),
        FaultRow(
            "silence before a head, and --timeout", .bytes(.silence), flags: ["--timeout", "2s"],
            both: .fails(
                8, "no complete response within 2 s (--timeout)", "hint: allow more time with --timeout")),
    ]

    private static let headRows = [
        FaultRow(
            "not HTTP", .raw("SSH-2.0-OpenSSH_9.2\r\n"), both: .noReply(5, "Received HTTP/0.9 when not allowed")),
        FaultRow(
            "not HTTP, and reset", .raw("SSH-2.0-OpenSSH_9.2\r\n", ending: .reset),
            both: .noReply(5, "Received HTTP/0.9 when not allowed")),
        FaultRow(
            "a version of HTTP that there is not", .raw("HTTP/9.9 200 OK\r\n\r\n"),
            both: .noReply(5, "Unsupported HTTP version (9.9) in response")),
        FaultRow(
            "a length that is no number", .bytes(.ok("Content-Length: many", body: "{}")),
            both: .noReply(5, "Invalid Content-Length: value")),
        FaultRow(
            "a length below zero", .bytes(.ok("Content-Length: -1", body: "{}")),
            both: .noReply(5, "Invalid Content-Length: value")),
        FaultRow("a NUL in the head", .bytes(.ok("X: \0", body: "{}")), both: .noReply(5, "Nul byte in header")),
        FaultRow(
            "a header without end", .raw(insideHead + String(repeating: "x", count: 400_000)),
            both: .noReply(5, "A line of the head is too long")),
    ]
}
