/// A small language model: an n-gram over word pieces, interpolated by Witten and Bell's rule down to an even spread over
/// the whole vocabulary, so that every token has a probability and all of them sum to 1.
public struct LanguageModel: Sendable {
    /// How many tokens before a token it looks at.
    static let contextLength = 3

    private struct Continuations: Sendable {
        /// How often each token came, of those that did.
        var counts: [Int: Int] = [:]
        var total = 0

        /// Mixes the probabilities after a shorter context with what was seen after this one.
        ///
        /// - Parameter kinds: the weight of the shorter context, counted as tokens.
        func mix(into probabilities: inout [Double], kinds: Double) {
            let total = Double(total)
            let share = kinds / (total + kinds)
            // Without checks of each index this is most of what a token takes.
            probabilities.withUnsafeMutableBufferPointer { all in
                for token in all.indices { all[token] *= share }
            }
            for (token, count) in counts { probabilities[token] += Double(count) / (total + kinds) }
        }
    }

    /// Splits and joins text.
    public let tokenizer: Tokenizer
    private let continuations: [[Int]: Continuations]
    /// The probability of every token, by its ID, whatever comes before it.
    private let unconditional: [Double]
    /// Identifies the training text.
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
        // One in a hundred is left to what the text does not have.
        let seen = continuations.removeValue(forKey: []) ?? Continuations()
        let count = tokenizer.pieces.count
        var unconditional = [Double](repeating: 1 / Double(count), count: count)
        if seen.total > 0 { seen.mix(into: &unconditional, kinds: Double(seen.total) / 100) }
        self.unconditional = unconditional
        self.continuations = continuations
        fingerprint = Self.fingerprint(of: corpus)
    }

    /// How many tokens there are.
    public var vocabularySize: Int { tokenizer.pieces.count }

    /// The probability of every token after a context, by its ID; they sum to 1.
    public func distribution(after context: some BidirectionalCollection<Int>) -> [Double] {
        var probabilities = unconditional
        let known = Array(context.suffix(Self.contextLength))
        for length in 1..<(known.count + 1) {
            guard let seen = continuations[Array(known.suffix(length))] else { break }
            // Witten and Bell leave to shorter contexts as much as there are different continuations; a quarter of that
            // suits so small a text.
            seen.mix(into: &probabilities, kinds: Double(seen.counts.count) / 4)
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
