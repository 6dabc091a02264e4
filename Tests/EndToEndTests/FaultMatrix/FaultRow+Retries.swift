import TestSupport

extension FaultRow {
    private static let retries = ["--max-retries", "2"]
    private static let reset = "Recv failure: Connection reset by peer"
    private static let ended = "the stream ended without a finish reason"
    private static let silent = "{url}/v1/completions: nothing received for 2 s (--idle-timeout)"
    private static let nothing = "response truncated after 0 tokens: \(ended)"
    private static let half = FaultAnswer.document.prefix(100)
    private static let broken =
        "connection lost during the response (transfer closed with \(FaultAnswer.document.utf8.count - 100) bytes remaining to read): "
        + #"'{"id":"cmpl-1","choices":[{"index":0,"finish_reason":"length…'"#

    /// What a second try mends, and what it does not: the first replies have a fault, the others are as they should be.
    static let retryRows = passingRows + lastingRows

    private static let passingRows = [
        FaultRow(
            "503 once", .first([refusal(503)]), flags: retries,
            both: .answers(after: "1 of 2 in 0.01 s: no (HTTP 503)")),
        FaultRow(
            "429 and 503", .first([refusal(429), refusal(503)]), flags: retries,
            both: .answers(
                after: "1 of 2 in 0.01 s: no (HTTP 429)", "2 of 2 in 0.01 s: no (HTTP 503)")),
        FaultRow(
            "closed before a head, once", .first([CannedReply([])]), flags: retries,
            both: .answers(after: "1 of 2 in {wait} s: {url}/v1/completions: Empty reply from server")),
        FaultRow(
            "closed inside the head, once", .first([CannedReply([Array("HTTP/1.1 200 OK\r\nCon".utf8)])]),
            flags: retries,
            both: .answers(
                after: "1 of 2 in {wait} s: {url}/v1/completions: The connection ended inside the head")),
        FaultRow(
            "reset after the head, once", .first([.ok(ending: .reset)]), flags: retries,
            both: .answers(after: "1 of 2 in {wait} s: connection lost during the response (\(reset)): ''")),
        FaultRow(
            "empty once", .first([.ok()]), flags: retries,
            streamed: .answers(after: "1 of 2 in {wait} s: \(nothing)"),
            whole: .answers(after: "1 of 2 in {wait} s: the server sent an empty response")),
        FaultRow(
            "a stream of comments once", .first([.events(": hello\n\n")]), flags: retries,
            both: .answers(after: "1 of 2 in {wait} s: \(nothing)")),
        FaultRow(
            "an error in the first event once",
            .first([.events("data: {\"status_code\":429,\"error\":\"slow\"}\n\ndata: [DONE]\n\n")]), flags: retries,
            both: .answers(after: "1 of 2 in {wait} s: slow (HTTP 429)")),
        FaultRow(
            "silence before a head, once", .first([.silence]), flags: retries + ["--idle-timeout", "2s"],
            both: .answers(after: "1 of 2 in {wait} s: \(silent)")),
    ]

    private static let lastingRows = [
        FaultRow(
            "503 three times", .first([refusal(503), refusal(503), refusal(503)]), flags: retries,
            both: .fails(
                5, "note: retry 1 of 2 in 0.01 s: no (HTTP 503)", "note: retry 2 of 2 in 0.01 s: no (HTTP 503)",
                "no (HTTP 503)")),
        FaultRow(
            "503 with a long wait", .first([refusal(503, wait: "120")]), flags: retries,
            both: .fails(
                6, "no (HTTP 503); the server asks to wait 120 s, longer than --max-retry-wait 60 s",
                "hint: try again later, or allow the wait with --max-retry-wait")),
        FaultRow("400 once", .first([refusal(400)]), flags: retries, both: .fails(4, "no (HTTP 400)")),
        FaultRow(
            "not HTTP, once", .first([CannedReply([Array("SSH-2.0-x\r\n".utf8)])]), flags: retries,
            both: .fails(5, "{url}/v1/completions: Received HTTP/0.9 when not allowed")),
        // A whole reply that broke off was not begun to be written; a stream was.
        FaultRow(
            "broken off once",
            .firstAsAsked(
                streamed: .events(FaultAnswer.events(3)),
                whole: .document(String(half), promising: FaultAnswer.document.utf8.count)), flags: retries,
            streamed: .cutShort(ended), whole: .answers(after: "1 of 2 in {wait} s: \(broken)")),
    ]

    private static func refusal(_ status: Int, wait: String = "0.01") -> CannedReply {
        let body = #"{"message":"no"}"#
        let head = "HTTP/1.1 \(status) No\r\nRetry-After: \(wait)\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        return CannedReply([Array((head + body).utf8)])
    }
}
