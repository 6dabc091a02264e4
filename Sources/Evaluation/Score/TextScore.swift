public import API
import JSON
import Logprobs
import Platform

/// How likely a text is.
public struct TextScore: Sendable {
    /// A token, and where it stands.
    public struct Place: Sendable {
        /// The token; its log probability is known.
        public let token: TokenLogprob
        /// Its log probability.
        public let logprob: Double
        /// Its place among the text's tokens, from 0.
        public let position: Int
        /// The byte where the characters that it makes begin.
        public let byte: Int
        /// Their line, from 1.
        public let line: Int
        /// The place of the first of them in its line, from 1.
        public let column: Int
    }

    /// The natural logarithm of the text's probability, but for tokens without one.
    public let logprob: Double
    /// How many tokens have a log probability: all, or all but the first.
    public let tokens: Int
    /// The UTF-8 bytes of these tokens.
    public let bytes: Int
    /// Whether the first token is among them.
    public let isFirstScored: Bool
    /// The token that the server put before the text; nil for none.
    public let startToken: [UInt8]?
    /// The least likely tokens, the least likely first, of equal ones the first.
    public let leastLikely: [Place]

    /// Scores a text.
    ///
    /// - Parameter count: how many of the least likely tokens are kept.
    /// - Throws: ``EchoProblem/nothingBefore`` when no token has a log probability.
    public init(_ echo: EchoedPrompt, leastLikely count: Int) throws(EchoProblem) {
        var sum = CompensatedSum()
        var (scored, bytes) = (0, 0)
        var places: [Place] = []
        var (line, column) = (1, 1)
        let text = echo.text
        let offset = echo.startToken == nil ? 0 : 1
        for span in echo.spans {
            var isScored = false
            for index in span.tokens.lowerBound - offset..<span.tokens.upperBound - offset {
                guard let logprob = echo.tokens[index].logprob else { continue }
                isScored = true
                scored += 1
                sum.add(logprob)
                Self.insert(
                    Place(
                        token: echo.tokens[index], logprob: logprob, position: index, byte: span.bytes.lowerBound,
                        line: line, column: column),
                    into: &places, atMost: count)
            }
            if isScored { bytes += span.bytes.count }
            for byte in text[span.bytes] {
                if byte == 0x0A { (line, column) = (line + 1, 1) } else if byte & 0xC0 != 0x80 { column += 1 }
            }
        }
        guard scored > 0 else { throw .nothingBefore }
        (logprob, tokens, leastLikely) = (sum.value, scored, places)
        self.bytes = bytes
        isFirstScored = echo.isFirstScored
        startToken = echo.startToken
    }

    /// The score that a record has, without its least likely tokens; nil for anything else.
    init?(record: JSONView) {
        guard let logprob = record["logprob"]?.score, let tokens = record["tokens"]?.integer, tokens > 0,
            let bytes = record["bytes"]?.integer
        else { return nil }
        (self.logprob, self.tokens, self.bytes) = (logprob, tokens, bytes)
        isFirstScored = record["first_token_scored"]?.bool ?? false
        startToken = record["start_token"]?.stringBytes
        leastLikely = []
    }

    /// e to the power of the negative mean log probability per token.
    public var perplexity: Double { Double.exp(-logprob / Double(tokens)) }

    /// The bits that the text is worth for each of ``bytes``; nil when there are none.
    public var bitsPerByte: Double? { bytes > 0 ? -logprob / Double.log(2) / Double(bytes) : nil }

    private static func insert(_ place: Place, into places: inout [Place], atMost count: Int) {
        if places.count == count, let last = places.last, place.logprob >= last.logprob { return }
        places.insert(place, at: places.firstIndex { $0.logprob > place.logprob } ?? places.count)
        if places.count > count { places.removeLast() }
    }
}
