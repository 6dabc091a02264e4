import JSON

/// Builds responses in the order of members that the API's sample has.
struct ReplyBuilder: Sendable {
    let id: String
    let created: Int
    let model: String
    let fingerprint: String
    let tokenizer: Tokenizer
    let parameters: Parameters

    /// A response, or a chunk of one.
    ///
    /// - Parameters:
    ///   - isChunk: whether more may come; `usage` then stands as null while it is not known.
    func reply(_ choices: [JSONValue], usage: JSONValue?, timeInfo: JSONValue?) -> JSONValue {
        var members: [JSONMember] = [
            JSONMember("id", .text(id)), JSONMember("choices", .array(choices)),
            JSONMember("created", .integer(created)),
            JSONMember("model", .text(model)), JSONMember("object", "text_completion"),
            JSONMember("system_fingerprint", .text(fingerprint)),
        ]
        if let timeInfo { members.append(JSONMember("time_info", timeInfo)) }
        members.append(JSONMember("usage", usage ?? .null))
        return .object(members)
    }

    /// A choice, or what a chunk adds to it.
    func choice(_ index: Int, _ step: ChoiceRun.Step) -> JSONValue {
        let isRaw = parameters.returnsRawTokens
        return [
            "index": .integer(index),
            "finish_reason": step.finishReason.map(JSONValue.text) ?? .null,
            "logprobs": parameters.logprobs == nil ? .null : logprobs(step.tokens),
            "text": .string(isRaw ? [] : step.text),
            "tokens": isRaw ? .array(step.tokens.map { .integer($0.id) }) : .null,
        ]
    }

    private func logprobs(_ tokens: [ChoiceRun.Token]) -> JSONValue {
        let hasTop = (parameters.logprobs ?? 0) > 0
        return [
            "text_offset": .array(tokens.map { .integer($0.offset) }),
            "token_logprobs": .array(tokens.map { $0.logprob.map(JSONValue.double) ?? .null }),
            "tokens": .array(tokens.map { text(of: $0.id) }),
            "top_logprobs": hasTop ? .array(tokens.map(top)) : .null,
        ]
    }

    /// Keyed by text as the API does it: tokens that decode alike, such as parts of a character, share a key.
    private func top(_ token: ChoiceRun.Token) -> JSONValue {
        guard let top = token.top else { return .null }
        return .object(top.map { JSONMember(key: keyText(of: $0.id), value: .double($0.logprob)) })
    }

    private func text(of id: Int) -> JSONValue { .string(keyText(of: id)) }

    private func keyText(of id: Int) -> [UInt8] {
        // The end of the text has no bytes, but is one of the likeliest tokens often enough.
        id == tokenizer.endOfText
            ? Array("<|endoftext|>".utf8) : Array(String(decoding: tokenizer.pieces[id], as: UTF8.self).utf8)
    }
}
