import JSON
import Platform

/// The form of the log probabilities of an echoed prompt, before any of them is read.
enum EchoShape {
    /// Checks a choice's `logprobs`.
    ///
    /// - Parameter needsOffsets: whether each token must have its `text_offset`.
    /// - Throws: ``EchoProblem``.
    static func check(_ logprobs: JSONView?, needsOffsets: Bool) throws(EchoProblem) {
        guard let logprobs, !logprobs.isNull else { throw .noLogprobs }
        guard logprobs.kind == .object else { throw .shape("not an object") }
        if logprobs["content"]?.kind == .array { throw .shape("a list of content, as in chat completions") }
        guard let tokens = logprobs["tokens"], tokens.kind == .array else { throw .shape("no list of tokens") }
        guard let values = logprobs["token_logprobs"], values.kind == .array else {
            throw .shape("no list of token_logprobs")
        }
        let (count, valueCount) = (length(tokens), length(values))
        guard count == valueCount else { throw .counts(tokens: count, logprobs: valueCount) }
        guard needsOffsets else { return }
        guard tokens.elements.allSatisfy({ $0.kind == .string }) else { throw .shape("tokens without their texts") }
        guard let offsets = logprobs["text_offset"], offsets.kind == .array, length(offsets) == count,
            offsets.elements.allSatisfy({ $0.integer != nil })
        else { throw .noOffsets }
    }

    private static func length(_ list: JSONView) -> Int { list.elements.reduce(0) { count, _ in count + 1 } }
}

/// How many tokens a server says that it read and made.
struct TokenCounts {
    /// Of the prompt; nil when the server does not say.
    let prompt: Int?
    /// After the prompt; nil when nothing tells.
    let completion: Int?

    /// - Parameters:
    ///   - usage: of a response with one choice, to a request for one token.
    ///   - finishReason: the choice's; `length` tells that the token came.
    init(_ usage: JSONView?, finishReason: String?) {
        prompt = usage?["prompt_tokens"]?.integer
        completion = usage?["completion_tokens"]?.integer ?? (finishReason == "length" ? 1 : nil)
    }
}
