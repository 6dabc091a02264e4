/// A small language model: an n-gram over word pieces, interpolated by Witten and Bell's rule down to an even spread over
/// the whole vocabulary, so that every token has a probability and all of them sum to 1.
public struct LanguageModel: Sendable {
    /// How many tokens before a token it looks at.
    static let contextLength = 3

    private struct Continuations: Sendable {
        var counts: [Int: Int] = [:]
        var total = 0
    }

    /// Splits and joins text.
    public let tokenizer: Tokenizer
    private let continuations: [[Int]: Continuations]
    /// Tells one training text from another.
    public let fingerprint: String

    /// Trains on a text; empty lines part its blocks.
    public init(corpus: [UInt8]) {
        let tokenizer = Tokenizer(corpus: corpus)
        var continuations: [[Int]: Continuations] = [:]
        for paragraph in Self.paragraphs(of: corpus) {
            let tokens = tokenizer.encode(paragraph) + [tokenizer.endOfText]
            for (position, token) in tokens.enumerated() {
                for length in 0...min(Self.contextLength, position) {
                    let context = Array(tokens[position - length..<position])
                    continuations[context, default: Continuations()].counts[token, default: 0] += 1
                    continuations[context, default: Continuations()].total += 1
                }
            }
        }
        self.tokenizer = tokenizer
        self.continuations = continuations
        fingerprint = Self.fingerprint(of: corpus)
    }

    /// How many tokens there are.
    public var vocabularySize: Int { tokenizer.pieces.count }

    /// The probability of every token after a context, by its ID; they sum to 1.
    public func distribution(after context: some BidirectionalCollection<Int>) -> [Double] {
        var probabilities = [Double](repeating: 1 / Double(vocabularySize), count: vocabularySize)
        let known = Array(context.suffix(Self.contextLength))
        for length in 0...known.count {
            guard let seen = continuations[Array(known.suffix(length))] else { break }
            // Witten and Bell leave to shorter contexts as much as there are different continuations; a quarter of that
            // suits so small a text. One in a hundred is left to what the text does not have.
            let total = Double(seen.total)
            let kinds = length == 0 ? total / 100 : Double(seen.counts.count) / 4
            let share = kinds / (total + kinds)
            for token in probabilities.indices { probabilities[token] *= share }
            for (token, count) in seen.counts { probabilities[token] += Double(count) / (total + kinds) }
        }
        return probabilities
    }

    /// Empty lines part blocks. A block with an indented line, as code has, is one text; of others every three lines make
    /// one, so that the model learns to end.
    private static func paragraphs(of corpus: [UInt8]) -> [[UInt8]] {
        let lines = corpus.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        return lines.split(separator: []).flatMap { block -> [[UInt8]] in
            let block = Array(block)
            if block.contains(where: { $0.first == UInt8(ascii: " ") }) {
                return [Array(block.joined(separator: [UInt8(ascii: "\n")]))]
            }
            return stride(from: 0, to: block.count, by: 3).map { start in
                Array(block[start..<min(start + 3, block.count)].joined(separator: [UInt8(ascii: " ")]))
            }
        }
    }

    /// FNV-1a over the text.
    private static func fingerprint(of corpus: [UInt8]) -> String {
        let hash = corpus.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return "fp_" + String(hash, radix: 16)
    }
}
