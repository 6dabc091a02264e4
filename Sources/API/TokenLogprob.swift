import JSON

/// A token, its log probability, and what might have stood in its place.
public struct TokenLogprob: Sendable {
    /// A token that the model weighed.
    public struct Alternative: Sendable {
        /// The token's bytes; not whole UTF-8 when the server tells a split character's bytes.
        public let text: [UInt8]
        /// Natural logarithm; nil when the server gives none.
        public let logprob: Double?
        /// The token's ID; nil when the server gives none.
        public let id: Int?
    }

    /// The token's bytes; nil when the server does not name it.
    public let text: [UInt8]?
    /// The server's `text_offset`, in its own units; nil when absent.
    public let offset: Int?
    /// Natural logarithm of its probability; nil when the server gives none (the first token of an echoed prompt).
    public let logprob: Double?
    /// What the server lists as most likely, in its order, the same text more than once where it is; nil when it lists
    /// nothing.
    public let alternatives: [Alternative]?
    /// The token's ID; nil when the server gives none.
    public let id: Int?

    /// Reads the `logprobs` of a choice, in the shape of the completions API or of the chat API.
    static func read(_ logprobs: JSONView?) -> [TokenLogprob] {
        guard let logprobs, logprobs.kind == .object else { return [] }
        if let content = logprobs["content"], content.kind == .array { return content.elements.map(readChat) }
        return readParallel(logprobs)
    }

    /// Four parallel arrays, of which any may be missing or shorter than the others.
    private static func readParallel(_ logprobs: JSONView) -> [TokenLogprob] {
        let texts = Array(logprobs["tokens"]?.elements)
        let values = Array(logprobs["token_logprobs"]?.elements)
        let offsets = Array(logprobs["text_offset"]?.elements)
        let tops = Array(logprobs["top_logprobs"]?.elements)
        return (0..<max(texts.count, values.count)).map { i in
            TokenLogprob(
                text: i < texts.count ? texts[i].stringBytes : nil,
                offset: i < offsets.count ? offsets[i].integer : nil,
                logprob: i < values.count ? values[i].double : nil,
                alternatives: i < tops.count ? readAlternatives(tops[i]) : nil, id: nil)
        }
    }

    private static func readAlternatives(_ top: JSONView) -> [Alternative]? {
        guard top.kind == .object else { return nil }
        return top.members.map { Alternative(text: $0.key.stringBytes ?? [], logprob: $0.value.double, id: nil) }
    }

    /// An element of the chat shape's `content`, whose `bytes` say more than its text.
    private static func readChat(_ token: JSONView) -> TokenLogprob {
        let top = token["top_logprobs"]
        return TokenLogprob(
            text: chatText(token), offset: nil, logprob: token["logprob"]?.double,
            alternatives: top?.kind == .array ? top?.elements.map(readChatAlternative) : nil, id: token["id"]?.integer)
    }

    private static func readChatAlternative(_ token: JSONView) -> Alternative {
        Alternative(text: chatText(token) ?? [], logprob: token["logprob"]?.double, id: token["id"]?.integer)
    }

    private static func chatText(_ token: JSONView) -> [UInt8]? {
        guard let bytes = token["bytes"], bytes.kind == .array else { return token["token"]?.stringBytes }
        return bytes.elements.compactMap { $0.integer.flatMap(UInt8.init(exactly:)) }
    }
}

extension Array where Element == JSONView {
    /// The elements; none when there is no array.
    fileprivate init(_ elements: JSONElements?) {
        self = elements.map { $0.map { $0 } } ?? []
    }
}
