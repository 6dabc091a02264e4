import Foundation

/// Draws tokens from a distribution as the request says.
struct Sampler: Sendable {
    let temperature: Double
    let topP: Double
    /// Added to a token's log probability.
    let bias: [Int: Double]
    let frequencyPenalty: Double
    let presencePenalty: Double
    private var generator: SeededGenerator
    /// How often each token was drawn.
    private var drawn: [Int: Int] = [:]

    init(_ parameters: Parameters, generator: SeededGenerator) {
        temperature = parameters.temperature
        topP = parameters.topP
        bias = parameters.logitBias
        frequencyPenalty = parameters.frequencyPenalty
        presencePenalty = parameters.presencePenalty
        self.generator = generator
    }

    /// Draws a token.
    ///
    /// - Parameters:
    ///   - probabilities: of every token, by its ID.
    ///   - excluded: a token that may not come now; nil for none.
    mutating func draw(from probabilities: [Double], excluding excluded: Int?) -> Int {
        guard !isPlain else {
            var weights = probabilities
            if let excluded { weights[excluded] = 0 }
            return temperature == 0 ? Self.highest(weights) : drawPlain(weights)
        }
        var scores = probabilities.map { log($0) }
        for (token, change) in bias where scores.indices.contains(token) { scores[token] += change }
        for (token, count) in drawn { scores[token] -= frequencyPenalty * Double(count) + presencePenalty }
        if let excluded { scores[excluded] = -.infinity }
        let token = temperature == 0 ? Self.highest(scores) : drawTempered(scores)
        drawn[token, default: 0] += 1
        return token
    }

    /// Whether probabilities are weights as they are, without a logarithm and a power of each.
    private var isPlain: Bool {
        let isTempered = temperature != 1 && temperature != 0 || topP < 1 && temperature != 0
        return !isTempered && bias.isEmpty && frequencyPenalty == 0 && presencePenalty == 0
    }

    private mutating func drawPlain(_ weights: [Double]) -> Int {
        var rest = Double.random(in: 0..<1, using: &generator) * weights.reduce(0, +)
        var last = 0
        for (token, weight) in weights.enumerated() where weight > 0 {
            rest -= weight
            if rest < 0 { return token }
            last = token
        }
        // Rounding can leave a trace.
        return last
    }

    /// The token of the highest score, the lowest ID among equals.
    private static func highest(_ scores: [Double]) -> Int {
        scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
    }

    private mutating func drawTempered(_ scores: [Double]) -> Int {
        let top = scores.max() ?? 0
        let weights = scores.map { exp(($0 - top) / temperature) }
        let kept = topP < 1 ? Self.nucleus(of: weights, share: topP) : Array(weights.indices)
        var rest = Double.random(in: 0..<1, using: &generator) * kept.reduce(0) { $0 + weights[$1] }
        for token in kept {
            rest -= weights[token]
            if rest < 0 { return token }
        }
        // Rounding can leave a trace; a weight of 0 stays impossible.
        return kept.last { weights[$0] > 0 } ?? 0
    }

    /// The likeliest tokens, best first, that together reach a share of all: at least one.
    private static func nucleus(of weights: [Double], share: Double) -> [Int] {
        let order = weights.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
        let mass = share * weights.reduce(0, +)
        var sum = 0.0
        let last = order.firstIndex { token in
            sum += weights[token]
            return sum >= mass
        }
        return Array(order[...(last ?? order.count - 1)])
    }
}
