import JSON

/// A token's alternatives, which are read only when they are needed.
enum AlternativeList: Sendable {
    /// As a response lists them, in an array or an object.
    case listed(JSONView, areIDs: Bool)
    case known([TokenLogprob.Alternative])

    /// Those at a place in a response; nil when nothing is listed there.
    ///
    /// - Parameter areIDs: whether the keys of an object are token IDs, as beside tokens that are integers.
    init?(_ source: JSONView, areIDs: Bool) {
        guard source.kind == .array || source.kind == .object else { return nil }
        self = .listed(source, areIDs: areIDs)
    }

    /// Those that were read before.
    init(_ alternatives: [TokenLogprob.Alternative]) {
        self = .known(alternatives)
    }

    /// How many there are.
    var count: Int {
        switch self {
        case .listed(let source, _): source.kind == .array ? source.elementCount : source.memberCount
        case .known(let alternatives): alternatives.count
        }
    }

    /// The alternatives, in the server's order.
    func read() -> [TokenLogprob.Alternative] {
        switch self {
        case .listed(let source, let areIDs): Self.read(source, areIDs)
        case .known(let alternatives): alternatives
        }
    }

    private static func read(_ source: JSONView, _ areIDs: Bool) -> [TokenLogprob.Alternative] {
        var alternatives: [TokenLogprob.Alternative] = []
        alternatives.reserveCapacity(source.kind == .array ? source.elementCount : source.memberCount)
        for element in source.elements { alternatives.append(readChat(element)) }
        source.forEachNumber { text, number in
            let logprob = JSONView.logprob(number)
            if areIDs, let id = Int(String(decoding: text, as: UTF8.self)) {
                alternatives.append(TokenLogprob.Alternative(text: [], logprob: logprob, id: id, isNamed: false))
            } else {
                let id = TokenName.id(text)
                alternatives.append(TokenLogprob.Alternative(text: text, logprob: logprob, id: id, isNamed: true))
            }
        }
        return alternatives
    }

    private static func readChat(_ token: JSONView) -> TokenLogprob.Alternative {
        let text = TokenName.chatText(token)
        return TokenLogprob.Alternative(
            text: (text ?? [])[...], logprob: token["logprob"]?.logprob, id: TokenName.chatID(token),
            isNamed: text != nil)
    }
}

/// How servers name a token.
enum TokenName {
    /// The ID in `token_id:123`, as some servers spell a token; nil for every other text.
    static func id(_ text: ArraySlice<UInt8>) -> Int? {
        guard text.count > 9, text.first == UInt8(ascii: "t"), text.starts(with: "token_id:".utf8) else { return nil }
        let digits = text.dropFirst(9)
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    /// The ID of a token in the chat shape; nil when it has none.
    static func chatID(_ token: JSONView) -> Int? {
        (token["id"] ?? token["token_id"])?.integer ?? token["token"]?.integer
            ?? token["token"]?.stringBytes.flatMap { id($0[...]) }
    }

    /// The bytes of a token in the chat shape; the text where there are none, as of a special token, which has a name and
    /// leaves nothing in the text.
    static func chatText(_ token: JSONView) -> [UInt8]? {
        let text = token["token"]?.stringBytes
        guard let list = token["bytes"], list.kind == .array else { return text }
        let bytes = list.elements.map { $0.integer.flatMap(UInt8.init(exactly:)) }
        return bytes.isEmpty || bytes.contains(nil) ? text : bytes.compactMap(\.self)
    }
}
