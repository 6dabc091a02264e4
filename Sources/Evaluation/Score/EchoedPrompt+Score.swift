import API
import Logprobs

extension EchoedPrompt {
    /// The text of it, or what the names of its tokens spell.
    var text: [UInt8] {
        switch input {
        case .text(let text): text
        case .tokens: tokens.flatMap { $0.text ?? [] }
        }
    }

    /// How likely what follows a part of it is.
    ///
    /// - Parameters:
    ///   - prompt: the part at the beginning; ``input`` is this and the continuation.
    /// - Returns: nil when a token begins before the end of the part and ends after it.
    /// - Throws: ``EchoProblem``.
    public func score(of continuation: ScoreInput, after prompt: ScoreInput) throws(EchoProblem) -> ContinuationScore? {
        switch prompt {
        case .tokens(let ids): return try score(of: continuation, from: ids.count)
        case .text(let text):
            let span = self.span(at: text.count)
            guard span.bytes.lowerBound == text.count else { return nil }
            return try score(of: continuation, from: span.tokens.lowerBound)
        }
    }

    /// The same where a token is of the prompt and of the continuation: log P(prompt + continuation) less log P(prompt),
    /// of which the tokens before that one, which must be the same, have the same part.
    ///
    /// - Parameter prompt: the prompt alone, echoed.
    /// - Throws: ``EchoProblem``.
    public func score(of continuation: ScoreInput, less prompt: EchoedPrompt) throws(EchoProblem) -> ContinuationScore {
        let start = span(at: prompt.text.count).tokens.lowerBound
        for index in 0..<start where prompt.tokens.dropFirst(index).first?.text != tokens[index].text {
            throw .retokenized(token: index)
        }
        let whole = try score(of: continuation, from: start)
        let known = try prompt.logprob(from: start)
        guard whole.logprob <= known else { throw .likelierThanPrompt }
        var score = ContinuationScore(
            continuation, text: Self.text(of: continuation) ?? [], logprob: whole.logprob - known, tokens: whole.tokens)
        score.straddles = true
        return score
    }

    /// The tokens that have a byte, and those that share a character with them. Tokens are numbered as in ``tokens``.
    private func span(at byte: Int) -> TokenAlignment.Span {
        let found = spans.first { $0.bytes.upperBound > byte }
        let offset = startToken == nil ? 0 : 1
        guard let found else { return TokenAlignment.Span(bytes: byte..<byte, tokens: tokens.count..<tokens.count) }
        return TokenAlignment.Span(
            bytes: found.bytes, tokens: found.tokens.lowerBound - offset..<found.tokens.upperBound - offset)
    }

    private func score(of continuation: ScoreInput, from start: Int) throws(EchoProblem) -> ContinuationScore {
        let names = tokens[start...].flatMap { $0.text ?? [] }
        return ContinuationScore(
            continuation, text: Self.text(of: continuation) ?? names, logprob: try logprob(from: start),
            tokens: tokens.count - start)
    }

    /// The sum over the tokens from one on.
    private func logprob(from start: Int) throws(EchoProblem) -> Double {
        var sum = CompensatedSum()
        for token in tokens[start...] {
            // All others were checked to have one.
            guard let logprob = token.logprob else { throw .nothingBefore }
            sum.add(logprob)
        }
        return sum.value
    }

    private static func text(of input: ScoreInput) -> [UInt8]? {
        if case .text(let text) = input { text } else { nil }
    }
}
