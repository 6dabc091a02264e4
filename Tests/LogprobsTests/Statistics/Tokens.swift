import API

/// The tokens that a `logprobs` object tells of.
enum Tokens {
    static func read(_ logprobs: String) -> [TokenLogprob] {
        let reply = #"{"choices":[{"index":0,"text":"","logprobs":\#(logprobs)}]}"#
        var decoder = ReplyDecoder()
        for case .chunk(let chunk) in decoder.feed(Array(reply.utf8)[...]) + decoder.finish() {
            return chunk.choices.first?.tokens ?? []
        }
        return []
    }
}
