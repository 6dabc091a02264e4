import JSON
import Platform

/// How likely a continuation is after a prompt.
public struct ContinuationScore: Equatable, Sendable {
    /// What is scored.
    public let continuation: ScoreInput
    /// The natural logarithm of its probability; that of a limit which it does not exceed, if ``isBound``.
    public let logprob: Double
    /// How many tokens it has. Of one that shares a token with the prompt, that one counts.
    public let tokens: Int
    /// Its characters (code points); of token IDs those that the server's names of them have.
    public let chars: Int
    /// Its UTF-8 bytes; of token IDs those that the server's names of them have.
    public let bytes: Int
    /// Whether its first token begins in the prompt, so that ``logprob`` is a difference of two.
    public var straddles = false
    /// Whether the probability is only known to be no more than this.
    public var isBound = false

    /// A score.
    ///
    /// - Parameters:
    ///   - text: the continuation's text.
    init(_ continuation: ScoreInput, text: [UInt8], logprob: Double, tokens: Int) {
        self.continuation = continuation
        self.logprob = logprob
        self.tokens = tokens
        chars = text.count { $0 & 0xC0 != 0x80 }
        bytes = text.count
    }

    /// The score that a record has; nil for anything else.
    init?(record: JSONView) {
        guard let continuation = record["continuation"].flatMap(ScoreInput.init(record:)),
            let logprob = record["logprob"]?.score, let tokens = record["tokens"]?.integer,
            let chars = record["chars"]?.integer, let bytes = record["bytes"]?.integer
        else { return nil }
        (self.continuation, self.logprob, self.tokens) = (continuation, logprob, tokens)
        (self.chars, self.bytes) = (chars, bytes)
        straddles = record["straddles"]?.bool ?? false
        isBound = record["is_bound"]?.bool ?? false
    }

    /// Log probability divided by what a normalization says; nil when there is none of it.
    public func value(_ normalization: Normalization) -> Double? {
        switch normalization {
        case .sum: logprob
        case .token: tokens > 0 ? logprob / Double(tokens) : nil
        case .char: chars > 0 ? logprob / Double(chars) : nil
        case .byte: bytes > 0 ? logprob / Double(bytes) : nil
        }
    }

    /// e to the power of the negative mean log probability per token; nil without tokens.
    public var perplexity: Double? { value(.token).map { Double.exp(-$0) } }
}
