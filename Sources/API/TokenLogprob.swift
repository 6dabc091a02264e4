import JSON

/// A token, its log probability, and what might have stood in its place.
public struct TokenLogprob: Sendable {
    /// A token that the model weighed.
    public struct Alternative: Sendable {
        /// The token's bytes; not whole UTF-8 when the server sends a split character's bytes. Empty also when only its ID
        /// is known.
        public let text: ArraySlice<UInt8>
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
    /// The token's ID; nil when the server gives none.
    public let id: Int?

    /// The token's bytes when its text holds a surrogate without its partner, which ``text`` has as U+FFFD: the surrogate as
    /// the three bytes that UTF-8 would give it. nil for every other text.
    public let brokenText: [UInt8]?

    /// Where the server lists the alternatives, which are read when they are needed; nil when it lists none.
    let list: AlternativeList?

    /// What the server lists as most likely, in its order, the same text more than once where it is; nil when it lists
    /// nothing. Read anew each time.
    public var alternatives: [Alternative]? { list?.read() }

    /// How many alternatives the server lists.
    public var alternativeCount: Int { list?.count ?? 0 }

    /// Reads the `logprobs` of a choice, in the shape of the completions API or of the chat API. Where both stand side by
    /// side, the chat shape counts unless its list is empty.
    static func read(_ logprobs: JSONView?) -> [TokenLogprob] {
        guard let logprobs, logprobs.kind == .object else { return [] }
        let content = logprobs["content"]?.elements.map(readChat) ?? []
        return content.isEmpty ? readParallel(logprobs) : content
    }

    /// Parallel arrays, of which any may be missing or shorter than the others. Where `tokens` are integers they are IDs.
    private static func readParallel(_ logprobs: JSONView) -> [TokenLogprob] {
        var texts = logprobs["tokens"]?.elements
        var values = logprobs["token_logprobs"]?.elements
        var offsets = logprobs["text_offset"]?.elements
        var tops = logprobs["top_logprobs"]?.elements
        var ids = (logprobs["token_ids"] ?? logprobs["token_id"])?.elements
        var tokens: [TokenLogprob] = []
        while true {
            let (token, value, id) = (texts?.next(), values?.next(), ids?.next())
            guard token != nil || value != nil || id != nil else { return tokens }
            let text = token?.stringBytes
            tokens.append(
                TokenLogprob(
                    text: text, offset: offsets?.next()?.integer, logprob: value?.logprob,
                    id: id?.integer ?? token?.integer ?? text.flatMap { TokenName.id($0[...]) },
                    brokenText: token?.brokenStringBytes,
                    list: tops?.next().flatMap { AlternativeList($0, areIDs: token?.kind == .number) }))
        }
    }

    /// An element of the chat shape's `content`, whose `bytes` say more than its text.
    private static func readChat(_ token: JSONView) -> TokenLogprob {
        let text = TokenName.chatText(token)
        return TokenLogprob(
            text: text, offset: token["text_offset"]?.integer, logprob: token["logprob"]?.logprob,
            id: TokenName.chatID(token), brokenText: token["token"]?.brokenStringBytes,
            list: token["top_logprobs"].flatMap { AlternativeList($0, areIDs: text == nil) })
    }
}
