import Platform

/// So many of some, and how far the share among all that they stand for may be from theirs.
public struct Proportion: Equatable, Sendable {
    /// How many.
    public let count: Int
    /// Of how many, at least one.
    public let total: Int

    /// So many of some.
    public init(_ count: Int, of total: Int) {
        (self.count, self.total) = (count, total)
    }

    /// The share.
    public var value: Double { Double(count) / Double(total) }

    /// The 97.5 % quantile of the normal distribution.
    private static let quantile = 1.959963984540054

    /// The Wilson score interval of 95 %.
    public var interval: (low: Double, high: Double) {
        let (all, square) = (Double(total), Self.quantile * Self.quantile)
        let center = (value + square / (2 * all)) / (1 + square / all)
        let spread = (value * (1 - value) / all + square / (4 * all * all)).squareRoot()
        let half = Self.quantile / (1 + square / all) * spread
        // At the ends rounding would go beyond.
        return (count == 0 ? 0 : center - half, count == total ? 1 : center + half)
    }
}
