public import JSON

/// What is sent to the completions endpoint: a prompt and the fields that were set, and nothing else.
///
/// The server rejects fields it does not know, so a field that was not set is never sent.
public struct CompletionRequest: Sendable {
    /// The API's four forms of a prompt; text is UTF-8.
    public enum Prompt: Sendable {
        case text([UInt8])
        case texts([[UInt8]])
        case tokens([Int])
        case tokenLists([[Int]])
    }

    /// Which model completes it.
    public let model: [UInt8]
    /// What is to be completed.
    public let prompt: Prompt
    /// The other fields, in the order they are sent.
    public private(set) var fields: [JSONMember] = []

    /// A request with no other field.
    ///
    /// - Parameters:
    ///   - model: UTF-8.
    ///   - prompt: UTF-8.
    public init(model: [UInt8], prompt: Prompt) {
        self.model = model
        self.prompt = prompt
    }

    /// Sets a field, in place of an earlier value.
    public mutating func set(_ field: String, to value: JSONValue) {
        let key = Array(field.utf8)
        if let index = fields.firstIndex(where: { $0.key == key }) {
            fields[index].value = value
        } else {
            fields.append(JSONMember(key: key, value: value))
        }
    }

    /// The field's value; nil when it is not set.
    public subscript(_ field: String) -> JSONValue? {
        let key = Array(field.utf8)
        return fields.first { $0.key == key }?.value
    }

    /// How many choices the response should hold: one for each prompt, times `n`.
    public var choiceCount: Int {
        let prompts =
            switch prompt {
            case .text, .tokens: 1
            case .texts(let texts): texts.count
            case .tokenLists(let lists): lists.count
            }
        let (choices, isTooMany) = prompts.multipliedReportingOverflow(by: choicesPerPrompt)
        return isTooMany ? .max : choices
    }

    /// How many choices the response should hold for each prompt: `n`.
    public var choicesPerPrompt: Int {
        max(1, integer("n") ?? 1)
    }

    /// How many tokens the completion may have at most; nil when nobody says.
    public var maxTokens: Int? { integer("max_tokens") }

    /// How many likely tokens are requested at each place; nil when log probabilities are not.
    public var topCount: Int? { integer("logprobs").map { max(0, $0) } }

    /// Whether token IDs are requested instead of text.
    public var returnsRawTokens: Bool { flag("return_raw_tokens") }

    /// Whether the prompt is requested before the completion.
    public var echoesPrompt: Bool { flag("echo") }

    private func flag(_ field: String) -> Bool {
        switch self[field] {
        case .bool(let value)?: value
        case .document(let document)?: document.root.bool ?? false
        default: false
        }
    }

    private func integer(_ field: String) -> Int? {
        switch self[field] {
        case .number(let number)?: number.integer
        case .document(let document)?: document.root.integer
        default: nil
        }
    }

    /// The request body as a value: model, prompt, then the other fields.
    public var body: JSONValue {
        .object([JSONMember("model", .string(model)), JSONMember("prompt", prompt.value)] + fields)
    }
}

extension CompletionRequest.Prompt {
    /// The `prompt` field's value.
    var value: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .texts(let texts): .array(texts.map(JSONValue.string))
        case .tokens(let ids): .array(ids.map(JSONValue.integer))
        case .tokenLists(let lists): .array(lists.map { .array($0.map(JSONValue.integer)) })
        }
    }
}
