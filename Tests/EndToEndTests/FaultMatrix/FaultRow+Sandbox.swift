extension FaultRow {
    private static let shortPatience = ["--idle-timeout", "2s"]

    private static let silence = "nothing received for 2 s (--idle-timeout)"
    private static let silent = "{url}/v1/completions: \(silence)"
    /// The same once some of a stream has come.
    private static let fallsSilent = "response truncated after 3 tokens: \(silence)"
    private static let ended = "the stream ended without a finish reason"
    private static let half = "connection lost during the response (transfer closed with {n} bytes remaining to read)"
    private static let start = #"'{"id":"{id}","choic…'"#
    private static let inner =
        "Simulated error. (HTTP 500, server_error, request ID {request})"

    /// What the sandbox says when it was told to answer with a status.
    private static func told(_ status: Int, _ code: String) -> String {
        "Simulated error \(status). (HTTP \(status), \(code), request ID {request})"
    }

    /// What each fault of `cerebras-sandbox --fault` comes to.
    static let sandboxRows = headRows + replacedRows + brokenRows + retriedRows

    private static let headRows = [
        FaultRow("none", .sandbox([]), both: .answers),
        FaultRow(sandbox: "status=400", both: .fails(4, told(400, "invalid_request_error"))),
        FaultRow(
            sandbox: "status=401",
            both: .fails(
                3, told(401, "api_key, wrong_api_key"),
                "hint: check the key in CEREBRAS_API_KEY or --api-key-file")),
        FaultRow(
            sandbox: "status=402",
            both: .fails(
                3, told(402, "quota, payment_required"),
                "hint: check the account's billing at https://cloud.cerebras.ai")),
        FaultRow(
            sandbox: "status=404",
            both: .fails(4, told(404, "field model, model_not_found"), "hint: cerebras models lists those available")),
        FaultRow(sandbox: "status=408", both: .fails(8, told(408, "invalid_request_error"))),
        FaultRow(
            sandbox: "status=429",
            both: .fails(
                6, told(429, "quota, request_quota_exceeded"),
                "hint: wait, then try again; a tight --max-tokens counts less against the token limit")),
        FaultRow(sandbox: "status=503", both: .fails(5, told(503, "server_error"))),
        FaultRow(sandbox: "status=204", both: .fails(5, "the server sent an empty response")),
        FaultRow(
            sandbox: "redirect=http://192.0.2.1/x",
            both: .fails(
                5, "the server redirects to 'http://192.0.2.1/x' (HTTP 307); redirects are not followed",
                "hint: if that is the right server, name it with --base-url")),
    ]

    private static let replacedRows = [
        FaultRow(
            sandbox: "html",
            both: .fails(
                5,
                "the server sent a web page instead of a completion: Sign in to this network Sign in to this network")),
        FaultRow(
            sandbox: "html status=502",
            both: .fails(5, "Sign in to this network Sign in to this network (HTTP 502, request ID {request})")),
        FaultRow(
            sandbox: "empty", streamed: .fails(9, "response truncated after 0 tokens: \(ended)"),
            whole: .fails(5, "the server sent an empty response")),
        FaultRow(
            sandbox: "empty status=500",
            both: .fails(5, "the server sent no explanation (HTTP 500, request ID {request})")),
        FaultRow(
            sandbox: "garbage",
            both: .fails(
                5,
                "the response is not JSON (expected a value at byte 34): "
                    + #"'{"choices": [{"index": 0, "text": nonsense'"#)),
        FaultRow(sandbox: "nested-error", both: .fails(5, told(500, "server_error"))),
        FaultRow(sandbox: "nested-error status=200", both: .fails(5, inner)),
    ]

    private static let brokenRows = [
        FaultRow(sandbox: "cut-after=3", streamed: .cutShort(ended), whole: .fails(5, "\(half): \(start)")),
        FaultRow(
            sandbox: "cut-after=0", streamed: .fails(9, "response truncated after 0 tokens: \(ended)"),
            whole: .fails(5, "\(half): ''")
        ),
        FaultRow(sandbox: "error-after=3", streamed: .breaks(5, after: 3, inner), whole: .fails(5, inner)),
        FaultRow(sandbox: "error-after=0", both: .fails(5, inner)),
        FaultRow(
            sandbox: "error-after=3 bare-error", streamed: .breaks(5, after: 3, inner), whole: .fails(5, inner)),
        FaultRow(sandbox: "error-after=0 bare-error", both: .fails(5, inner)),
        FaultRow(sandbox: "padding", both: .answers),
        FaultRow(sandbox: "padding no-done", both: .answers),
        FaultRow(sandbox: "padding cut-after=3", streamed: .cutShort(ended), whole: .fails(5, "\(half): \(start)")),
        FaultRow(sandbox: "hold-open", both: .answers),
        FaultRow(
            sandbox: "stall-after=3", flags: shortPatience, streamed: .breaks(8, after: 3, fallsSilent),
            whole: .fails(8, silent)),
        FaultRow(sandbox: "stall-after=0", flags: shortPatience, both: .fails(8, silent)),
        FaultRow(sandbox: "no-done", both: .answers),
        FaultRow(sandbox: "slow=5ms", both: .answers),
        FaultRow(sandbox: "slow=1h", flags: shortPatience, both: .fails(8, silent)),
    ]

    /// A fault of the first request only; each run has a server of its own.
    private static let retriedRows = [
        FaultRow(
            sandbox: "status=503:1 retry-after=0.01", flags: ["--max-retries", "2"],
            both: .answers(after: "1 of 2 in 0.01 s: \(told(503, "server_error"))")),
        FaultRow(
            sandbox: "error-after=0:1", flags: ["--max-retries", "2"],
            both: .answers(after: "1 of 2 in {wait} s: \(inner)")),
    ]
}
