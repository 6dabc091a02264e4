import Platform

/// The scores of several continuations of one prompt, compared by one normalization.
public struct ScoreComparison: Sendable {
    /// In the order in which the continuations were given.
    public let scores: [ContinuationScore]
    /// What decides.
    public let normalization: Normalization

    /// A comparison of scores.
    public init(_ scores: [ContinuationScore], by normalization: Normalization) {
        self.scores = scores
        self.normalization = normalization
    }

    /// The index of the likeliest by a normalization, the first of equal ones. nil when one that is only known by its bound
    /// may be likelier, or when a score has no such value.
    public func winner(by normalization: Normalization) -> Int? {
        let values = scores.compactMap { $0.value(normalization) }
        guard values.count == scores.count else { return nil }
        let known = values.indices.filter { !scores[$0].isBound }
        guard let best = known.max(by: { (values[$0], $1) < (values[$1], $0) }) else { return nil }
        let isOpen = values.indices.contains { scores[$0].isBound && values[$0] >= values[best] }
        return isOpen ? nil : best
    }

    /// The index of the likeliest by ``normalization``.
    public var winner: Int? { winner(by: normalization) }

    /// How far the winner is ahead of the next, in nats of ``normalization``; at least so far when the next is known by a
    /// bound. nil without a winner, or without another.
    public var margin: Double? {
        guard let winner, let best = scores[winner].value(normalization) else { return nil }
        let others = scores.indices.filter { $0 != winner }.compactMap { scores[$0].value(normalization) }
        guard let next = others.max() else { return nil }
        return next == best ? 0 : best - next
    }

    /// Whether ``margin`` is only known to be at least as much, as the next is known by a bound.
    public var isMarginOpen: Bool {
        guard let winner else { return false }
        let others = scores.indices.filter { $0 != winner }
        let next = others.compactMap { scores[$0].value(normalization) }.max()
        return next != -.infinity && others.contains { scores[$0].isBound && scores[$0].value(normalization) == next }
    }

    /// Softmax over the values of ``normalization``, which sum to 1; nil when one of them is a bound, and all are impossible.
    public var shares: [Double]? {
        let values = scores.compactMap { $0.value(normalization) }
        guard values.count == scores.count, !scores.contains(where: \.isBound), let top = values.max(), top.isFinite
        else {
            return nil
        }
        let weights = values.map { Double.exp($0 - top) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }
}
