import JSON

/// A way to give back an echoed prompt that nobody can score: each is one that servers have.
enum EchoFault: String, CaseIterable, Sendable {
    case ignored
    case altered
    case extraToken = "extra-token"
    case missingToken = "missing-token"
    case doubledStart = "doubled-start"
    case fewLogprobs = "few-logprobs"
    case nullLogprob = "null-logprob"
    case noLogprobs = "no-logprobs"
    case chatShape = "chat-shape"
    case noOffsets = "no-offsets"
    case joinedOffsets = "joined-offsets"

    /// What it does, for the help.
    var summary: String {
        switch self {
        case .ignored: "only the completion comes"
        case .altered: "a text stands before the prompt"
        case .extraToken: "the first token comes twice"
        case .missingToken: "the second token is left out"
        case .doubledStart: "two start tokens come first"
        case .fewLogprobs: "the last log probability is left out"
        case .nullLogprob: "the last token of the prompt has none"
        case .noLogprobs: "there are none"
        case .chatShape: "they have the form of chat completions"
        case .noOffsets: "text_offset is left out"
        case .joinedOffsets: "all tokens have the same offset"
        }
    }

    /// A whole response with this fault; unchanged if it has not exactly one choice, with an echoed prompt of at least two
    /// tokens and log probabilities.
    func change(_ body: [UInt8]) -> [UInt8] {
        guard let root = (try? JSONDocument(parsing: body))?.root, let echo = EchoedChoice(root) else { return body }
        var changed = echo
        apply(to: &changed)
        return changed.reply.jsonBytes
    }

    private func apply(to choice: inout EchoedChoice) {
        switch self {
        case .ignored: choice.dropPrompt()
        case .altered: choice.insert("Be helpful. ", at: 0)
        case .extraToken: choice.rows.insert(choice.rows[0], at: 0)
        case .missingToken: choice.rows.remove(at: 1)
        case .doubledStart: for _ in 0..<2 { choice.insert("<s>", at: 0) }
        case .fewLogprobs: choice.lastLogprobIsMissing = true
        case .nullLogprob: choice.rows[choice.promptCount - 1].logprob = .null
        case .noLogprobs: choice.form = .null
        case .chatShape: choice.form = .chat
        case .noOffsets: choice.form = .withoutOffsets
        case .joinedOffsets: for index in choice.rows.indices { choice.rows[index].offset = choice.rows[0].offset }
        }
    }
}

/// A response's only choice, with its tokens as rows.
private struct EchoedChoice {
    struct Row {
        var token: JSONValue
        var logprob: JSONValue
        var offset: JSONValue
        var top: JSONValue
    }

    enum Form {
        case parallel
        case withoutOffsets
        case chat
        case null
    }

    var rows: [Row]
    let promptCount: Int
    var form = Form.parallel
    var lastLogprobIsMissing = false
    private var text: [UInt8]
    private let root: JSONView
    private let choice: JSONView

    init?(_ root: JSONView) {
        guard let choices = root["choices"]?.elements.map(\.self), choices.count == 1,
            let logprobs = choices[0]["logprobs"],
            logprobs.kind == .object, let promptCount = root["usage"]?["prompt_tokens"]?.integer
        else { return nil }
        func list(_ name: StaticString) -> [JSONValue] {
            (logprobs[name]?.elements).map { $0.map(JSONValue.init) } ?? []
        }
        let (tokens, values, offsets, tops) = (
            list("tokens"), list("token_logprobs"), list("text_offset"), list("top_logprobs")
        )
        guard promptCount > 1, tokens.count >= promptCount, values.count == tokens.count, offsets.count == tokens.count,
            tokens.count == promptCount + (root["usage"]?["completion_tokens"]?.integer ?? 0)
        else { return nil }
        rows = tokens.indices.map { index in
            Row(
                token: tokens[index], logprob: values[index], offset: offsets[index],
                top: index < tops.count ? tops[index] : .null)
        }
        self.promptCount = promptCount
        self.root = root
        choice = choices[0]
        text = choice["text"]?.stringBytes ?? []
    }

    /// Drops the prompt's tokens and its text.
    mutating func dropPrompt() {
        let characters: Int? =
            if promptCount < rows.count, case .number(let offset) = rows[promptCount].offset { offset.integer } else {
                nil
            }
        let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
        text = Array(String(String.UnicodeScalarView(scalars.dropFirst(characters ?? scalars.count))).utf8)
        rows.removeFirst(promptCount)
    }

    /// Puts a token without a log probability, and its text, before all others.
    mutating func insert(_ token: String, at index: Int) {
        text = Array(token.utf8) + text
        rows.insert(Row(token: .text(token), logprob: .null, offset: 0, top: .null), at: index)
    }

    private var logprobs: JSONValue {
        switch form {
        case .null: return .null
        case .chat:
            return ["content": .array(rows.map { ["token": $0.token, "logprob": $0.logprob, "top_logprobs": []] })]
        case .parallel, .withoutOffsets:
            let values = rows.map(\.logprob).dropLast(lastLogprobIsMissing ? 1 : 0)
            let offsets = form == .withoutOffsets ? [] : [JSONMember("text_offset", .array(rows.map(\.offset)))]
            return .object(
                offsets + [
                    JSONMember("token_logprobs", .array(Array(values))),
                    JSONMember("tokens", .array(rows.map(\.token))),
                    JSONMember("top_logprobs", .array(rows.map(\.top))),
                ])
        }
    }

    /// The response as it is now.
    var reply: JSONValue {
        func replaced(_ view: JSONView, _ values: [String: JSONValue]) -> JSONValue {
            .object(
                view.members.map { member in
                    let key = member.key.string ?? ""
                    return JSONMember(key, values[key] ?? JSONValue(member.value))
                })
        }
        let changed = replaced(choice, ["text": .string(text), "logprobs": logprobs])
        return replaced(root, ["choices": .array([changed])])
    }
}
