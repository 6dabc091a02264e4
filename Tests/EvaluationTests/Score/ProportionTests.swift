import Testing

@testable import Evaluation

@Suite("A proportion")
struct ProportionTests {
    /// The roots of (p - q)² = z² q (1 - q) / n, computed in Python with 40 digits.
    private static let known: [(count: Int, total: Int, low: Double, high: Double)] = [
        (0, 10, 0, 0.2775327998628892), (10, 10, 0.7224672001371106, 1),
        (1, 2, 0.09453120573423074, 0.9054687942657693),
        (723, 1000, 0.6944497560637552, 0.7498435096516872),
    ]

    @Test("has the Wilson interval of 95 %", arguments: known)
    func interval(count: Int, total: Int, low: Double, high: Double) {
        let interval = Proportion(count, of: total).interval
        #expect(abs(interval.low - low) < 1e-12 && abs(interval.high - high) < 1e-12, "\(interval)")
    }
}
