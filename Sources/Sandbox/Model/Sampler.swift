import Foundation

/// Draws tokens from a distribution as the request asks.
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
        var scores = probabilities.map { log($0) }
        for (token, change) in bias where scores.indices.contains(token) { scores[token] += change }
        for (token, count) in drawn { scores[token] -= frequencyPenalty * Double(count) + presencePenalty }
        if let excluded { scores[excluded] = -.infinity }
        let token = temperature == 0 ? Self.highest(scores) : drawTempered(scores)
        drawn[token, default: 0] += 1
        return token
    }

    /// The token of the highest score, the lowest ID among equals.
    private static func highest(_ scores: [Double]) -> Int {
        scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
    }

    private mutating func drawTempered(_ scores: [Double]) -> Int {
        let top = scores.max() ?? 0
        let weights = scores.map { exp(($0 - top) / temperature) }
        let order = weights.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
        let total = weights.reduce(0, +)
        let kept = Self.nucleus(order, weights, upTo: topP * total)
        var rest = Double.random(in: 0..<1, using: &generator) * kept.reduce(0) { $0 + weights[$1] }
        for token in kept {
            rest -= weights[token]
            if rest < 0 { return token }
        }
        return kept.last ?? 0
    }

    /// The likeliest tokens that together reach a mass: at least one.
    private static func nucleus(_ order: [Int], _ weights: [Double], upTo mass: Double) -> ArraySlice<Int> {
        var sum = 0.0
        for (place, token) in order.enumerated() {
            sum += weights[token]
            if sum >= mass { return order[...place] }
        }
        return order[...]
    }
}
