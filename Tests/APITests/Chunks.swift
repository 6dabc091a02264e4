import API

/// The chunks of a stream whose events hold these JSON texts, or the one chunk of a whole reply.
enum Chunks {
    static func ofStream(_ texts: [String]) -> [CompletionChunk] {
        var decoder = ReplyDecoder()
        return texts.flatMap { decoder.feed(Array("data: \($0)\n\n".utf8)[...]) }.compactMap(chunk)
    }

    static func ofReply(_ text: String) -> [CompletionChunk] {
        var decoder = ReplyDecoder()
        return (decoder.feed(Array(text.utf8)[...]) + decoder.finish()).compactMap(chunk)
    }

    private static func chunk(_ event: ReplyEvent) -> CompletionChunk? {
        if case .chunk(let chunk) = event { chunk } else { nil }
    }
}
