public import API
import JSON
import Logprobs

/// A prompt as a server gave it back: its tokens with their log probabilities, checked against what was sent.
///
/// The request asked for `echo`, `logprobs` and `max_tokens` 1; the token after the prompt is dropped.
public struct EchoedPrompt: Sendable {
    /// What was sent.
    public let input: ScoreInput
    /// The prompt's own tokens: without one that the server put before them, and without the one after them.
    public let tokens: [TokenLogprob]
    /// The name of the token that the server put before them, as models have it at the beginning of a text; nil for none.
    public let startToken: [UInt8]?
    /// Where they stand among the tokens of the response.
    let places: Range<Int>
    /// The bytes of text that tokens make together, in order; of token IDs, whose text was not sent, what their names spell.
    let spans: [TokenAlignment.Span]

    /// Whether the first token has a log probability: servers give none, or a number, with or without a start token.
    public var isFirstScored: Bool { tokens.first?.logprob != nil }

    /// Checks the choices of a response.
    ///
    /// - Parameters:
    ///   - chunk: the complete response.
    ///   - input: what was sent.
    /// - Throws: ``EchoProblem``.
    public init(_ chunk: CompletionChunk, of input: ScoreInput) throws(EchoProblem) {
        guard let choice = chunk.choices.first, chunk.choices.count == 1 else { throw .choices(chunk.choices.count) }
        try self.init(choice, of: input, usage: chunk.usage)
    }

    private init(_ choice: ChoiceDelta, of input: ScoreInput, usage: JSONView?) throws(EchoProblem) {
        let list = choice.tokens
        let counts = TokenCounts(usage, finishReason: choice.finishReason)
        if case .text(let text) = input { try Self.checkText(of: choice, list, against: text) }
        try EchoShape.check(choice.source["logprobs"], needsOffsets: input.isText)
        if let generated = counts.completion, counts.prompt ?? 1 > 0, list.count <= generated, !input.isEmpty {
            throw .echoIgnored
        }
        self.input = input
        let first: Int
        let end: Int
        switch input {
        case .text(let text):
            let alignment = try Self.align(list, on: text)
            first = alignment.first
            spans = try Self.withoutCompletion(alignment.spans, list, counts)
            end = spans.last?.tokens.upperBound ?? 0
            try OffsetCheck.check(list, spans, on: text)
        case .tokens(let ids):
            (first, end) = (0, ids.count)
            try Self.checkIDs(ids, list, counts)
            spans = Self.spans(ofNames: list.prefix(end))
        }
        guard list.count - end <= 1 else { throw .tooManyTokens(list.count - end) }
        for (index, token) in list[..<end].enumerated() {
            guard let logprob = token.logprob else {
                // What begins a text follows nothing.
                if index == 0 { continue }
                throw .missingLogprob(token: index)
            }
            if logprob > Self.rounding { throw .positiveLogprob(token: index) }
        }
        tokens = Array(list[first..<end])
        places = first..<end
        startToken = first == 0 ? nil : list[0].text ?? []
    }

    /// How far above 0 rounding takes the log probability of a certain token.
    private static let rounding = 1e-3

    private static func checkText(
        of choice: ChoiceDelta, _ list: [TokenLogprob], against text: [UInt8]
    ) throws(EchoProblem) {
        if choice.text.starts(with: text) { return }
        // Names of start tokens may stand in the text, too.
        if let name = list.first?.text, isStart(name),
            [name + text, name + name + text].contains(where: choice.text.starts)
        {
            return
        }
        let common = zip(choice.text, text).prefix { $0 == $1 }.count
        let isShort = list.count <= 1 || common == 0 && choice.text.count < text.count / 2
        throw isShort ? .echoIgnored : .promptAltered(at: common)
    }

    /// Whether a token of this name can begin every text: `<s>`, `<|begin_of_text|>`, `[CLS]`.
    private static func isStart(_ name: [UInt8]) -> Bool {
        let ends = [("<", ">"), ("[", "]")].map { (Array($0.utf8), Array($1.utf8)) }
        return name.count > 2 && ends.contains { name.starts(with: $0) && name.suffix(1).elementsEqual($1) }
    }

    /// Lays the tokens on the text, after a start token or none.
    private static func align(
        _ list: [TokenLogprob], on text: [UInt8]
    ) throws(EchoProblem) -> (first: Int, spans: [TokenAlignment.Span]) {
        guard !text.isEmpty else { return (0, []) }
        do throws(EchoProblem) {
            return (0, try TokenAlignment(list, from: 0, on: text).spans)
        } catch {
            guard let name = list.first?.text, isStart(name) else { throw error }
            if let spans = try? TokenAlignment(list, from: 1, on: text).spans {
                if text.starts(with: name) { throw .doubledStart(name) }
                return (1, spans)
            }
            let isDoubled = list.count > 1 && list[1].text == name
            throw isDoubled && (try? TokenAlignment(list, from: 2, on: text)) != nil ? .doubledStart(name) : error
        }
    }

    /// The spans without a token of the completion: where the text ends in parts of a character, a part that the completion
    /// begins with looks like one of them.
    private static func withoutCompletion(
        _ spans: [TokenAlignment.Span], _ list: [TokenLogprob], _ counts: TokenCounts
    ) throws(EchoProblem) -> [TokenAlignment.Span] {
        guard let last = spans.last else { return [] }
        let end = last.tokens.upperBound
        let isPart = list[end - 1].text.map(TokenSpelling.isLossy) ?? true
        // A start token that is not listed may be counted.
        let isCounted = counts.prompt == end || counts.prompt == end + 1 || counts.completion == 0
        if end < list.count || last.tokens.count == 1 || !isPart || isCounted { return spans }
        guard counts.prompt == end - 1 else { throw .ambiguousEnd }
        let trimmed = TokenAlignment.Span(bytes: last.bytes, tokens: last.tokens.dropLast())
        return spans.dropLast() + [trimmed]
    }

    private static func checkIDs(
        _ ids: [Int], _ list: [TokenLogprob], _ counts: TokenCounts
    ) throws(EchoProblem) {
        if let count = counts.prompt, count != ids.count { throw .tokenCount(sent: ids.count, received: count) }
        if list.count <= 1, ids.count > 1 { throw .echoIgnored }
        let received = list.count - min(1, counts.completion ?? max(0, list.count - ids.count))
        guard received == ids.count || received > ids.count && counts.completion ?? 0 > 1 else {
            throw .tokenCount(sent: ids.count, received: received)
        }
        for (index, (id, token)) in zip(ids, list).enumerated() where token.id.map({ $0 != id }) ?? false {
            throw .otherToken(token: index)
        }
    }

    private static func spans(ofNames list: some Collection<TokenLogprob>) -> [TokenAlignment.Span] {
        var start = 0
        return list.enumerated().map { index, token in
            defer { start += token.text?.count ?? 0 }
            return TokenAlignment.Span(bytes: start..<start + (token.text?.count ?? 0), tokens: index..<index + 1)
        }
    }
}

extension ScoreInput {
    fileprivate var isText: Bool { if case .text = self { true } else { false } }
}
