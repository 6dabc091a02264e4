public import API
import Logprobs
import Platform

/// Scores of continuations that are one token, from what a server lists as the likeliest next tokens. For servers that do
/// not echo.
public struct NextTokenScore: Sendable {
    /// Why there is no score.
    public enum Problem: Error, Equatable, Sendable {
        /// Any number of choices but one.
        case choices(Int)
        /// The prompt stands before the completion.
        case echoed
        /// No token was listed for the first place.
        case noAlternatives
    }

    private let listed: [(text: [UInt8], probability: Double)]
    /// What a token that is not listed can have at most.
    private let ceiling: Double

    /// Reads a response to a request for one token and the likeliest in its place.
    ///
    /// - Parameters:
    ///   - chunk: the complete response.
    ///   - topCount: how many likely tokens were asked for.
    /// - Throws: ``Problem``.
    public init(_ chunk: CompletionChunk, topCount: Int) throws(Problem) {
        guard let choice = chunk.choices.first, chunk.choices.count == 1 else { throw .choices(chunk.choices.count) }
        guard let token = choice.tokens.first else { throw .noAlternatives }
        if choice.tokens.count > 1, token.logprob == nil { throw .echoed }
        let weighed = TokenStatistics(token, topCount: topCount)
        let known = weighed.alternatives.compactMap { alternative in
            alternative.logprob.map { (text: Array(alternative.text), probability: Double.exp($0)) }
        }
        guard let missing = weighed.missingMass, !known.isEmpty else { throw .noAlternatives }
        // The sampled token is listed also when it is none of the likeliest.
        let likeliest = known.count > topCount ? known.prefix(topCount) : known[...]
        listed = known
        ceiling = min(missing, likeliest.last?.probability ?? 1)
    }

    /// How likely the next token is this continuation: exactly when it is listed; otherwise what it does not exceed. A
    /// continuation of several tokens is no likelier than the first of them.
    ///
    /// - Parameter continuation: text, not empty.
    public func score(of continuation: [UInt8]) -> ContinuationScore {
        // Different tokens can decode alike.
        let same = listed.filter { $0.text == continuation && !TokenSpelling.isLossy($0.text) }
        if !same.isEmpty {
            let sum = same.reduce(0) { $0 + $1.probability }
            return ContinuationScore(.text(continuation), text: continuation, logprob: Double.log(sum), tokens: 1)
        }
        let beginnings = listed.filter { continuation.starts(with: $0.text) || TokenSpelling.isLossy($0.text) }
        let bound = beginnings.reduce(ceiling) { max($0, $1.probability) }
        var score = ContinuationScore(.text(continuation), text: continuation, logprob: Double.log(bound), tokens: 1)
        score.isBound = true
        return score
    }
}
