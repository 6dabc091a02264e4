public import API
public import JSON

/// The way from a question to its scores: which prompts a server is asked for, and what its responses say.
public struct Scoring: Sendable {
    /// What came of a question.
    public enum Outcome: Sendable {
        /// The scores in the order of the continuations, and the token that the server put before the prompt; nil for none.
        case continuations([ContinuationScore], startToken: [UInt8]?)
        /// The score of a text, its tokens, and the response that they came in.
        case text(TextScore, EchoedPrompt, CompletionChunk)
    }

    private let question: ScoreQuestion
    private let method: ScoreMethod
    private let topCount: Int
    private let placeCount: Int
    private var scores: [ContinuationScore?] = []
    private var startToken: [UInt8]?
    /// The continuations that share a token with the prompt, which must be asked for alone then.
    private var straddling: [(index: Int, echo: EchoedPrompt)] = []
    private var asksForPrompt = false
    /// The prompt alone, once it has come.
    private var alone: EchoedPrompt?
    private var text: Outcome?

    /// A question that nothing was asked for yet.
    ///
    /// - Parameters:
    ///   - method: for continuations.
    ///   - topCount: how many next tokens are listed, for that method.
    ///   - placeCount: how many of a text's least likely tokens are kept.
    public init(_ question: ScoreQuestion, by method: ScoreMethod, topCount: Int, placeCount: Int) {
        (self.question, self.method, self.topCount, self.placeCount) = (question, method, topCount, placeCount)
        if case .continuations(let continuations, _) = question {
            scores = [ContinuationScore?](repeating: nil, count: continuations.count)
        }
    }

    /// The fields of each request, besides the model and the prompt.
    public static func fields(by method: ScoreMethod, topCount: Int) -> [(name: String, value: JSONValue)] {
        // No tokens at all are refused by some servers, and no limit for others.
        let most = (name: "max_tokens", value: JSONValue.integer(1))
        switch method {
        case .echo: return [most, ("echo", true), ("logprobs", 1)]
        case .nextToken: return [most, ("logprobs", .integer(topCount))]
        }
    }

    /// The prompts to ask for first.
    public var prompts: [ScoreInput] {
        switch question {
        case .text(let text): [text]
        case .continuations(_, let prompt) where method == .nextToken: [prompt]
        case .continuations(let continuations, let prompt): continuations.compactMap { prompt.joined(with: $0) }
        }
    }

    /// Takes the response to a prompt.
    ///
    /// - Parameter index: which prompt it is, in the order in which they were asked for.
    /// - Returns: the prompts to ask for besides.
    /// - Throws: ``ScoreProblem`` when no score can be taken from it.
    public mutating func take(_ chunk: CompletionChunk, of index: Int) throws(ScoreProblem) -> [ScoreInput] {
        switch question {
        case .text(let input):
            try trust(.text) { () throws(EchoProblem) in
                let echo = try EchoedPrompt(chunk, of: input)
                text = .text(try TextScore(echo, leastLikely: placeCount), echo, chunk)
            }
        case .continuations(let continuations, _) where method == .nextToken:
            do throws(NextTokenScore.Problem) {
                let next = try NextTokenScore(chunk, topCount: topCount)
                scores = continuations.map { next.score(of: $0.textBytes ?? []) }
            } catch {
                throw ScoreProblem(part: .prompt, reason: .nextToken(error))
            }
        case .continuations(let continuations, let prompt):
            if index < continuations.count {
                return try take(chunk, of: continuations[index], at: index, after: prompt)
            }
            alone = try trust(.prompt) { () throws(EchoProblem) in try EchoedPrompt(chunk, of: prompt) }
            for (index, echo) in straddling { try score(continuations[index], at: index, echo) }
        }
        return []
    }

    private mutating func take(
        _ chunk: CompletionChunk, of continuation: ScoreInput, at index: Int, after prompt: ScoreInput
    ) throws(ScoreProblem) -> [ScoreInput] {
        guard let whole = prompt.joined(with: continuation) else { return [] }
        let echo = try trust(.continuation(continuation)) { () throws(EchoProblem) in
            let echo = try EchoedPrompt(chunk, of: whole)
            scores[index] = try echo.score(of: continuation, after: prompt)
            return echo
        }
        startToken = echo.startToken
        guard scores[index] == nil else { return [] }
        straddling.append((index, echo))
        if alone != nil { try score(continuation, at: index, echo) }
        guard !asksForPrompt else { return [] }
        asksForPrompt = true
        return [prompt]
    }

    /// Scores a continuation that shares a token with the prompt.
    private mutating func score(
        _ continuation: ScoreInput, at index: Int, _ echo: EchoedPrompt
    ) throws(ScoreProblem) {
        guard let alone else { return }
        scores[index] = try trust(.continuation(continuation)) { () throws(EchoProblem) in
            try echo.score(of: continuation, less: alone)
        }
    }

    /// What came of the question; nil while responses are missing.
    public var outcome: Outcome? {
        if let text { return text }
        let known = scores.compactMap(\.self)
        return known.isEmpty || known.count < scores.count ? nil : .continuations(known, startToken: startToken)
    }

    private func trust<Result>(
        _ part: ScoreProblem.Part, _ body: () throws(EchoProblem) -> Result
    ) throws(ScoreProblem) -> Result {
        do throws(EchoProblem) {
            return try body()
        } catch {
            throw ScoreProblem(part: part, reason: .echo(error))
        }
    }
}
