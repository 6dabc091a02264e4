public import API
public import JSON

extension EchoedPrompt {
    /// A response that holds this text and its tokens alone, as if the model had said it: without a start token and without
    /// the token after the text. What the server says of each token stays as it came.
    ///
    /// - Parameters:
    ///   - chunk: the response that the prompt was read from.
    ///   - score: what the response has besides, under `score`.
    public func reply(from chunk: CompletionChunk, score: JSONValue) -> JSONValue {
        let source = chunk.choices.first?.source["logprobs"]
        let names: [StaticString] = ["text_offset", "token_logprobs", "tokens", "top_logprobs"]
        let lists = names.map { name -> JSONMember in
            let list = source?[name].map { $0.elements.dropFirst(places.lowerBound).prefix(places.count) }
            return JSONMember("\(name)", list.map { .array($0.map(JSONValue.init)) } ?? .null)
        }
        let choice: JSONValue = [
            "index": 0, "finish_reason": "stop", "logprobs": .object(lists), "text": .string(text),
        ]
        let kept: [StaticString] = ["id", "created", "model", "system_fingerprint"]
        let members = kept.compactMap { name in
            chunk.document.root[name].map { JSONMember("\(name)", JSONValue($0)) }
        }
        return .object(
            [JSONMember("object", "text_completion")] + members + [
                JSONMember("choices", .array([choice])), JSONMember("score", score),
            ])
    }
}
