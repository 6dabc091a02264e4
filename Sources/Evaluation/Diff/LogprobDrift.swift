import API
import Logprobs

/// How far the log probabilities of the same tokens are apart in two responses.
public struct LogprobDrift: Sendable {
    /// How many places were compared.
    public let tokens: Int
    /// At how many of them both have a log probability.
    public let compared: Int
    /// At how many places they are not the same.
    public let changed: Int
    /// The mean of the differences without their signs; 0 of none.
    public let mean: Double
    /// The greatest, and its place; nil when nothing changed.
    public let greatest: (change: Double, place: Int)?

    init(_ a: ArraySlice<TokenLogprob>, _ b: ArraySlice<TokenLogprob>) {
        var (compared, changed, sum) = (0, 0, CompensatedSum())
        var greatest: (change: Double, place: Int)?
        for (place, pair) in zip(a, b).enumerated() {
            guard let first = pair.0.logprob, let second = pair.1.logprob else { continue }
            // Of two equal infinities the difference is none.
            let change = first == second ? 0 : second - first
            compared += 1
            sum.add(abs(change))
            guard change != 0 else { continue }
            changed += 1
            if abs(change) > abs(greatest?.change ?? 0) { greatest = (change, place) }
        }
        tokens = min(a.count, b.count)
        (self.compared, self.changed, self.greatest) = (compared, changed, greatest)
        mean = compared == 0 ? 0 : sum.value / Double(compared)
    }
}
