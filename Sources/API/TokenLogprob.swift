import JSON

/// A token, its log probability, and what might have stood in its place.
public struct TokenLogprob: Sendable {
    /// A token that the model weighed.
    public struct Alternative: Sendable {
        /// The token's bytes; not whole UTF-8 when the server tells a split character's bytes. Empty also when only its ID
        /// is known.
        public let text: [UInt8]
        /// Natural logarithm; nil when the server gives none.
        public let logprob: Double?
        /// The token's ID; nil when the server gives none.
        public let id: Int?
        /// Whether the server gives its text, if only an empty one.
        public let isNamed: Bool
    }

    /// The token's bytes; nil if the server does not name it.
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

    /// The token's bytes when its text holds a surrogate without its partner, which ``text`` has as U+FFFD: the surrogate as
    /// the three bytes that UTF-8 would give it. nil for every other text.
    public let brokenText: [UInt8]?

    /// Reads the `logprobs` of a choice, in the shape of the completions API or of the chat API. Where both stand side by
    /// side, the chat shape counts unless its list is empty.
    static func read(_ logprobs: JSONView?) -> [TokenLogprob] {
        guard let logprobs, logprobs.kind == .object else { return [] }
        let content = Array(logprobs["content"]?.elements)
        return content.isEmpty ? readParallel(logprobs) : content.map(readChat)
    }

    /// Parallel arrays, of which any may be missing or shorter than the others. Where `tokens` are integers they are IDs.
    private static func readParallel(_ logprobs: JSONView) -> [TokenLogprob] {
        let texts = Array(logprobs["tokens"]?.elements)
        let values = Array(logprobs["token_logprobs"]?.elements)
        let offsets = Array(logprobs["text_offset"]?.elements)
        let tops = Array(logprobs["top_logprobs"]?.elements)
        let ids = Array((logprobs["token_ids"] ?? logprobs["token_id"])?.elements)
        return (0..<max(texts.count, values.count, ids.count)).map { i in
            let token = i < texts.count ? texts[i] : nil
            let isNumber = token?.kind == .number
            return TokenLogprob(
                text: token?.stringBytes, offset: i < offsets.count ? offsets[i].integer : nil,
                logprob: i < values.count ? values[i].logprob : nil,
                alternatives: i < tops.count ? readAlternatives(tops[i], areIDs: isNumber) : nil,
                id: (i < ids.count ? ids[i].integer : nil) ?? token?.integer ?? id(named: token?.stringBytes),
                brokenText: token?.brokenStringBytes)
        }
    }

    /// - Parameter areIDs: whether the keys of an object are token IDs, as beside tokens that are integers.
    private static func readAlternatives(_ top: JSONView, areIDs: Bool) -> [Alternative]? {
        if top.kind == .array { return top.elements.map(readChatAlternative) }
        guard top.kind == .object else { return nil }
        return top.members.map { member in
            let text = member.key.stringBytes ?? []
            let id = areIDs ? Int(String(decoding: text, as: UTF8.self)) : nil
            return Alternative(
                text: id == nil ? text : [], logprob: member.value.logprob, id: id ?? self.id(named: text),
                isNamed: id == nil)
        }
    }

    /// An element of the chat shape's `content`, whose `bytes` say more than its text.
    private static func readChat(_ token: JSONView) -> TokenLogprob {
        let top = token["top_logprobs"]
        let text = chatText(token)
        return TokenLogprob(
            text: text, offset: token["text_offset"]?.integer, logprob: token["logprob"]?.logprob,
            alternatives: top.flatMap { readAlternatives($0, areIDs: text == nil) }, id: chatID(token),
            brokenText: token["token"]?.brokenStringBytes)
    }

    private static func readChatAlternative(_ token: JSONView) -> Alternative {
        let text = chatText(token)
        return Alternative(
            text: text ?? [], logprob: token["logprob"]?.logprob, id: chatID(token), isNamed: text != nil)
    }

    /// The bytes; the text where there are none, as of a special token, which has a name and leaves nothing in the text.
    private static func chatText(_ token: JSONView) -> [UInt8]? {
        let text = token["token"]?.stringBytes
        guard let list = token["bytes"], list.kind == .array else { return text }
        let bytes = list.elements.map { $0.integer.flatMap(UInt8.init(exactly:)) }
        return bytes.isEmpty || bytes.contains(nil) ? text : bytes.compactMap(\.self)
    }

    private static func chatID(_ token: JSONView) -> Int? {
        (token["id"] ?? token["token_id"])?.integer ?? token["token"]?.integer ?? id(named: token["token"]?.stringBytes)
    }

    /// The ID in `token_id:123`, as some servers spell a token.
    private static func id(named text: [UInt8]?) -> Int? {
        guard let text, text.starts(with: "token_id:".utf8) else { return nil }
        let digits = text.dropFirst(9)
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}

extension Array where Element == JSONView {
    /// The elements; none when there is no array.
    fileprivate init(_ elements: JSONElements?) {
        self = elements.map { $0.map { $0 } } ?? []
    }
}
