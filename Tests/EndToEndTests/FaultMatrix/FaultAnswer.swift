import TestSupport

/// The answer that the raw server gives, as the sandbox gives it: four tokens, and a finish reason in a chunk of its own.
enum FaultAnswer {
    /// The tokens.
    static let tokens = [" a", " dark", " and", " stormy"]

    /// The data of a stream's events, without `[DONE]`.
    static let chunks = tokens.indices.map { chunk(tokens[$0...$0], "null") } + [chunk([], #""length""#)]

    /// The whole reply's body.
    static let document = chunk(tokens[...], #""length""#) + "\n"

    /// The document that a stream of so many tokens and no finish reason is gathered into.
    static func gathered(_ count: Int) -> String { chunk(tokens.prefix(count), "null") + "\n" }

    /// A stream's body, without `[DONE]`, of so many chunks.
    static func events(_ count: Int = chunks.count) -> String {
        chunks.prefix(count).map { "data: \($0)\n\n" }.joined()
    }

    /// The whole stream's body.
    static let stream = events() + "data: [DONE]\n\n"

    /// The reply of a server without faults.
    static func reply(_ form: FaultForm) -> CannedReply {
        form == .streamed ? .events(stream) : .document(document)
    }

    private static func chunk(_ tokens: ArraySlice<String>, _ finishReason: String) -> String {
        let offsets = tokens.indices.map { index in "\(6 + Self.tokens[..<index].joined().utf8.count)" }
        let quoted = tokens.map { "\"\($0)\"" }
        let logprobs = """
            {"text_offset":[\(offsets.joined(separator: ","))],\
            "token_logprobs":[\(tokens.map { _ in "-0.5" }.joined(separator: ","))],\
            "tokens":[\(quoted.joined(separator: ","))],\
            "top_logprobs":[\(quoted.map { "{\($0):-0.5,\" the\":-1.5}" }.joined(separator: ","))]}
            """
        return """
            {"id":"cmpl-1","choices":[{"index":0,"finish_reason":\(finishReason),"logprobs":\(logprobs),\
            "text":"\(tokens.joined())"}],"created":1,"model":"m","object":"text_completion"}
            """
    }
}

extension CannedReply {
    /// A head with status 200 and these fields, and a body as it stands.
    static func ok(_ fields: String..., body: String = "", ending: Ending = .close) -> CannedReply {
        let head = "HTTP/1.1 200 OK\r\n" + fields.map { "\($0)\r\n" }.joined() + "\r\n"
        return CannedReply([Array((head + body).utf8)], ending: ending)
    }

    /// A stream with this body, whose end is the connection's.
    static func events(_ body: String, ending: Ending = .close) -> CannedReply {
        .ok("Content-Type: text/event-stream", body: body, ending: ending)
    }

    /// A whole reply with this body.
    static func document(_ body: String, promising count: Int? = nil, ending: Ending = .close) -> CannedReply {
        .ok(
            "Content-Type: application/json", "Content-Length: \(count ?? body.utf8.count)", body: body,
            ending: ending)
    }
}

extension FaultRow.Server {
    /// Nothing but these bytes.
    static func raw(_ text: String, ending: CannedReply.Ending = .close) -> FaultRow.Server {
        .bytes(CannedReply(text.isEmpty ? [] : [Array(text.utf8)], ending: ending))
    }
}
