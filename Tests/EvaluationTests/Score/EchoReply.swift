import API
import JSON

/// A response to a prompt that was to be echoed with log probabilities, as servers send it; each member can be spoiled.
struct EchoReply {
    /// The choice's text.
    var text: String
    /// The tokens' names; nil for a list that is missing.
    var tokens: [String]?
    var logprobs: [Double?]?
    var offsets: [Int?]?
    var finishReason: String? = "length"
    /// `prompt_tokens` and `completion_tokens`; nil for no usage.
    var usage: (prompt: Int, completion: Int)?
    /// What stands in place of the whole of `logprobs`.
    var substitute: JSONValue?
    var choiceCount = 1

    /// Tokens with their log probabilities that join up to the text; the last is the one that was asked for.
    ///
    /// - Parameter offsets: by default the characters before each token.
    init(_ tokens: [(String, Double?)], offsets: [Int?]? = nil) {
        let names = tokens.map(\.0)
        self.tokens = names
        text = names.joined()
        logprobs = tokens.map(\.1)
        var offset = 0
        self.offsets =
            offsets
            ?? names.map { name in
                defer { offset += name.unicodeScalars.count }
                return offset
            }
    }

    private var choice: JSONValue {
        let numbers: (Double?) -> JSONValue = { $0.map(JSONValue.double) ?? .null }
        let logprobs: JSONValue = [
            "tokens": tokens.map { .array($0.map(JSONValue.text)) } ?? .null,
            "token_logprobs": logprobs.map { .array($0.map(numbers)) } ?? .null,
            "text_offset": offsets.map { .array($0.map { $0.map(JSONValue.integer) ?? .null }) } ?? .null,
            "top_logprobs": .null,
        ]
        return [
            "text": .text(text), "index": 0, "finish_reason": finishReason.map(JSONValue.text) ?? .null,
            "logprobs": substitute ?? logprobs,
        ]
    }

    /// The response, read.
    func chunk() throws -> CompletionChunk {
        let counts = usage.map { usage -> JSONValue in
            ["prompt_tokens": .integer(usage.prompt), "completion_tokens": .integer(usage.completion)]
        }
        let reply: JSONValue = [
            "object": "text_completion", "choices": .array(Array(repeating: choice, count: choiceCount)),
            "usage": counts ?? .null,
        ]
        return try Self.read(reply.jsonBytes)
    }

    /// A whole response from its bytes.
    static func read(_ bytes: [UInt8]) throws -> CompletionChunk {
        var decoder = ReplyDecoder(.saved)
        for case .chunk(let chunk) in decoder.feed(bytes[...]) + decoder.finish() { return chunk }
        throw ReplyError.empty
    }
}
