public import JSON

/// One chunk of a response, or a complete response, which is a response in one chunk.
public struct CompletionChunk: Sendable {
    /// The JSON text that it was read from.
    public let document: JSONDocument
    /// What it says of each choice, in the order it says it.
    public let choices: [ChoiceDelta]
    /// Whether it is the complete response rather than a part of a stream.
    public let isWholeReply: Bool

    /// Reads a chunk.
    ///
    /// - Parameters:
    ///   - document: an object with `choices`, as the API's page has it, or a chunk of a stream without.
    ///   - isWholeReply: whether nothing comes before or after it.
    /// - Throws: ``ReplyError/notACompletion(_:)`` when it is a response of another endpoint.
    init(_ document: JSONDocument, isWholeReply: Bool) throws(ReplyError) {
        self.document = document
        self.isWholeReply = isWholeReply
        guard document.root.kind == .object else { throw .notACompletion(document.bytes) }
        var choices: [ChoiceDelta] = []
        if let list = document.root["choices"] {
            for (position, element) in list.elements.enumerated() {
                guard let delta = ChoiceDelta(element, position: position) else {
                    throw .notACompletion(document.bytes)
                }
                choices.append(delta)
            }
        }
        let isTold = !isWholeReply || Set(choices.map(\.index)).count == choices.count
        // Two choices of one number are two all the same.
        self.choices = isTold ? choices : choices.enumerated().map { $1.numbered($0) }
    }

    /// Whether it may be all that came of a stream: every finish reason is null, and no usage is given.
    var endsNothing: Bool {
        usage == nil && choices.allSatisfy { $0.source["finish_reason"]?.isNull == true }
    }

    /// Whether it holds `NaN` or an infinity, so that its source is not JSON.
    public var hasNonFinite: Bool { document.nonFiniteCount > 0 }

    /// The response's `usage`; nil when the chunk has none.
    public var usage: JSONView? { document.root["usage"].flatMap { $0.isNull ? nil : $0 } }

    /// The chunk's `time_info`, in seconds; nil when the chunk has none.
    public var timeInfo: JSONView? { document.root["time_info"].flatMap { $0.isNull ? nil : $0 } }
}

/// What one chunk adds to one choice.
public struct ChoiceDelta: Sendable {
    /// Which choice; its place in the list when the server does not say.
    public private(set) var index: Int
    /// The text, UTF-8; empty when the chunk brings none.
    public let text: [UInt8]
    /// The text as spelled between its quotes; nil when the chunk brings none.
    public var textSource: ArraySlice<UInt8>? { value(.text)?.stringSource }
    /// Why the choice ended; nil while it goes on (also for an empty reason).
    public let finishReason: String?
    /// The source, for members that only some renderers need.
    public let source: JSONView
    private let places: JSONPlaces

    /// The members that are looked at in every chunk.
    private enum Key: Int {
        case text, index, finishReason, logprobs, tokens, tokenIDs, message, delta
    }

    private static let keys = JSONKeys(
        "text", "index", "finish_reason", "logprobs", "tokens", "token_ids", "message", "delta")

    private func value(_ key: Key) -> JSONView? { source.value(key.rawValue, at: places) }

    /// How many elements an array has; nil when there is none.
    private func count(of key: Key) -> Int? { value(key).flatMap { $0.kind == .array ? $0.elementCount : nil } }

    /// Reads an element of `choices`; nil when it has the shape of another endpoint, or a text that is none.
    init?(_ source: JSONView, position: Int) {
        guard source.kind == .object else { return nil }
        let places = source.places(of: Self.keys)
        func value(_ key: Key) -> JSONView? { source.value(key.rawValue, at: places) }
        let text = value(.text)
        guard text != nil || (value(.message) == nil && value(.delta) == nil) else { return nil }
        guard text.map({ $0.isNull || $0.kind == .string }) ?? true else { return nil }
        (self.source, self.places) = (source, places)
        self.text = text?.stringBytes ?? []
        index = value(.index)?.integer ?? position
        let reason = value(.finishReason)?.string ?? ""
        finishReason = reason.isEmpty ? nil : reason
    }

    /// The same under another number.
    fileprivate func numbered(_ index: Int) -> ChoiceDelta {
        var choice = self
        choice.index = index
        return choice
    }

    /// The IDs of the tokens that the chunk brings; nil if the server sends none.
    public var tokenIDs: [Int]? {
        guard value(.tokens) != nil || value(.tokenIDs) != nil else { return nil }
        let lists = [value(.tokens), value(.tokenIDs)].compactMap { $0?.kind == .array ? $0?.elements : nil }
        let ids = lists.map { $0.compactMap(\.integer) }
        return ids.first { !$0.isEmpty } ?? ids.first
    }

    /// How many tokens the chunk brings, by their IDs or their log probabilities; nil if it has neither.
    var tokenCount: Int? {
        var most: Int?
        func note(_ count: Int?) {
            if let count { most = max(most ?? 0, count) }
        }
        note(count(of: .tokens))
        note(count(of: .tokenIDs))
        guard hasLogprobs, let logprobs = value(.logprobs) else { return most }
        note(logprobs.elementCount(of: "tokens"))
        note(logprobs.elementCount(of: "content"))
        return most
    }

    /// Whether the chunk brings log probabilities.
    public var hasLogprobs: Bool { source.kind(of: Key.logprobs.rawValue, at: places) == .object }

    /// The tokens with their log probabilities; none when the chunk has none.
    public var tokens: [TokenLogprob] { TokenLogprob.read(value(.logprobs)) }

    /// The tokens of the model's reasoning, which comes before the text and is no part of it, with their log probabilities;
    /// none when the chunk has none.
    public var reasoningTokens: [TokenLogprob] { TokenLogprob.read(source["reasoning_logprobs"]) }
}
