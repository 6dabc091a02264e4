import API
import Testing

@Suite("Saved responses")
struct SavedReplyDecoderTests {
    private static let first = #"{"id":"s","choices":[{"index":0,"text":" a"}]}"#
    private static let last = #"{"id":"s","choices":[{"index":0,"text":"é","finish_reason":"stop"}]}"#
    private static let nullReason = #"{"id":"s","choices":[{"index":0,"text":"ok","finish_reason":null}]}"#
    private static let usage = #"{"id":"s","choices":[],"usage":{"completion_tokens":2}}"#
    private static let whole = #"{"id":"w","choices":[{"index":0,"text":" aé","finish_reason":"stop"}]}"#

    /// As `jq .` writes it.
    private static func laidOut(_ document: String) -> String {
        document.replacing(",", with: ",\n  ").replacing("{", with: "{\n  ").replacing("}", with: "\n}") + "\n"
    }

    private func read(_ text: String) -> Reading { Reading(saved: [Array(text.utf8)[...]]) }

    @Test(
        "each form is reported by its content, wherever its bytes are cut",
        arguments: [
            whole, whole + "\n", whole + "\n\n \r\n", "\u{FEFF}" + whole,
            "\n {\n\"choices\": [\n{\"text\": \" aé\", \"finish_reason\": \"stop\"}\n]\n}\n",
            "\(first)\n\(last)\n\(usage)\n", "\(first)\r\n\r\n\(last)", "\n\(first)\n\n\(last)\n",
            "\(first)\n\(last)\n[DONE]\n", "\(first)\r\n\(last)\r\n[DONE]",
            "data: \(first)\n\ndata: \(last)\n\n", "data: \(first)\ndata: \(last)\ndata: [DONE]\n",
            "[\(first),\n\(last)]", "[\n  \(first),\n  \(last),\n  \(usage)\n]\n", "[\(whole)]",
            laidOut(first) + laidOut(last), "\(first)\(last)",
            "HTTP/1.1 200 OK\r\nA: b\r\n\r\n\(whole)", "HTTP/2 200 \r\nA: b\r\n\r\ndata: \(first)\n\ndata: \(last)\n\n",
            "HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/2 200\r\na: b\r\n\r\n\(whole)\n",
            "HTTP/1.0 200 OK\nA: b\n\n\(first)\n\(last)\n",
            "HTTP/1.1 301 Moved\r\nLocation: /x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n\u{FEFF}\(whole)",
            ": note\n\ndata: \(first)\n\ndata: \(last)\n\ndata: [DONE]\n\n",
        ])
    func forms(text: String) {
        let bytes = Array(text.utf8)
        let expected = read(text)
        #expect(expected.texts == [0: " aé"] && expected.endings == ["end"])
        for cut in 0...bytes.count { #expect(Reading(saved: [bytes[..<cut], bytes[cut...]]) == expected, "\(cut)") }
        #expect(Reading(saved: bytes.indices.map { bytes[$0...$0] }) == expected)
    }

    @Test("a line is a chunk as it was spelled, and a lone line is a response")
    func spelling() {
        #expect(
            read("\(Self.first)\n \(Self.last)\r\n").sources.map { String(decoding: $0, as: UTF8.self) }
                == [Self.first, " \(Self.last)"])
        var decoder = ReplyDecoder(.saved)
        _ = decoder.feed(Array(Self.first.utf8)[...])
        guard case .chunk(let chunk)? = decoder.finish().first else {
            Issue.record("no chunk")
            return
        }
        #expect(chunk.isWholeReply)
    }

    @Test(
        "what is not whole, or not one response, says so",
        arguments: [
            ("", "empty"), (" \n", "empty"), ("<p>", "html"), ("x", "unreadable"), ("{", "unreadable"),
            ("[1]", "foreign"), (#"{"a":1}"#, "foreign"), (#"{"choices":[]}"#, "noChoice"),
            ("\(first)\n\(first)\n", "cutShort after 2"), ("\(first)\n{\"choi", "cutShort after 1"),
            ("data: \(first)\n\n", "cutShort after 1"), (nullReason, "cutShort after 1"),
            (laidOut(nullReason), "cutShort after 1"), (" \r\n\(nullReason)\n", "cutShort after 1"),
            ("[\(first)]", "cutShort after 1"), ("[\n\(whole),\n\(whole)]", "several, line 3"), ("[]", "foreign"),
            ("\(first)\n{\"a\":1,,\"b\":2\n\(last)\n", "unreadable"),
            ("HTTP/1.1 200 OK\r\n\r\n", "empty"), ("HTTP/1.1 200 OK\r\nA: b", "unreadable"),
            ("HTTP/1.1 503 Busy\r\n\r\n", "server 503 the server sent no explanation"),
            ("HTTP/2 429 \r\nretry-after: 1\r\n\r\n{\"message\":\"slow\"}", "server 429 slow"),
            ("HTTP/1.1 502 Bad\n\n<h1>Bad gateway</h1>", "server 502 Bad gateway"),
            ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401 No\r\n\r\nno key", "server 401 no key"),
            ("\(first)\noops\n\(last)\n", "unreadable"),
            ("\(whole)\n\(whole)\n", "several, line 2"), ("\(first)\n\(last)\n\(last)\n", "several, line 3"),
            (whole + "\n" + #"{"id":"v","choices":[{"index":0,"text":"","finish_reason":"stop"}]}"#, "several, line 2"),
        ])
    func endings(text: String, ending: String) {
        #expect(read(text).endings == [ending])
    }

    @Test(
        "an error has the status it names, or that of its kind",
        arguments: [
            (#"{"message":"m","type":"invalid_request_error","code":"wrong_api_key"}"#, 401),
            (#"{"message":"m","type":"payment_required_error","code":"payment_required"}"#, 402),
            (#"{"message":"m","type":"not_found_error","code":"model_not_found"}"#, 404),
            (#"{"message":"m","type":"invalid_request_error","code":"wrong_api_format"}"#, 400),
            (#"{"message":"m","type":"too_many_tokens_error","code":"token_quota_exceeded"}"#, 429),
            (#"{"message":"m","type":"too_many_requests_error","code":"queue_exceeded"}"#, 429),
            (#"{"message":"m","type":"server_error"}"#, 500), (#"{"error":"m"}"#, 500),
            (#"{"detail":"m"}"#, 500), (#"{"detail":[{"msg":"m"}]}"#, 422),
            (#"{"error":{"message":"m","code":429}}"#, 429),
            (#"{"error":{"message":"m","status":403,"type":"x"}}"#, 403),
            (#"{"status_code":503,"error":{"message":"m","code":429}}"#, 503),
            ("{\n\"error\": {\n\"message\": \"m\"}\n}\n", 500),
        ])
    func errors(text: String, status: Int) {
        #expect(read(text).endings == ["server \(status) m"])
    }

    @Test("a message without a kind is no error, and a response may hold an empty one")
    func noErrors() {
        #expect(read(#"{"message":"m"}"#).endings == ["foreign"])
        #expect(read(#"{"error":null,"choices":[{"text":"x","finish_reason":"stop"}]}"#).endings == ["end"])
    }
}
