import Platform

/// Between what values the entropy of the model's choice lies, in bits. The server sends only some of the probabilities;
/// the rest of them, the missing mass, may be spread over the other tokens in any way that keeps each of them no likelier
/// than the least likely of the top k.
public struct EntropyBounds: Sendable, Equatable {
    /// With the missing mass in as few tokens as can hold it: whole ones of the top k's least probability, and one of what
    /// remains.
    public let lower: Double
    /// With the missing mass spread evenly over all other tokens of the vocabulary; nil when its size is not known, or is
    /// too small to hold the tokens that are known.
    public let upper: Double?

    /// Bounds an entropy.
    ///
    /// - Parameters:
    ///   - known: the probabilities that are known.
    ///   - missing: what they lack of 1; not negative.
    ///   - ceiling: the most that a token of unknown probability can have. If it is 0, as when a probability is too small
    ///     for a Double, all that is missing is counted as one token.
    ///   - vocabularySize: how many tokens there are; nil when that is not known.
    init(known: [Double], missing: Double, ceiling: Double, vocabularySize: Int?) {
        let listed = known.lazy.map(Self.information).compensatedSum
        let whole = ceiling > 0 ? (missing / ceiling).rounded(.down) : 0
        let remainder = max(0, missing - whole * ceiling)
        lower = listed + whole * Self.information(ceiling) + Self.information(remainder)
        guard let unknown = vocabularySize.map({ $0 - known.count }), unknown >= 0, unknown > 0 || missing == 0 else {
            upper = nil
            return
        }
        upper = listed + (missing > 0 ? missing * Double.log2(Double(unknown) / missing) : 0)
    }

    /// The bits that a token of this probability adds to an entropy; none for one above 1, which rounding makes of 1.
    private static func information(_ probability: Double) -> Double {
        0 < probability && probability < 1 ? -probability * Double.log2(probability) : 0
    }
}
