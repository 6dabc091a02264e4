import Platform

/// How likely a token was, in the steps that every colored view shows.
enum Likelihood: Int, CaseIterable, Comparable {
    /// As most tokens of most models are: no view marks it.
    case certain
    case likely
    case possible
    case unlikely
    case remote

    /// The step of a token.
    ///
    /// - Parameters:
    ///   - logprob: natural logarithm of its probability.
    init(logprob: Double) {
        let probability = Double.exp(logprob)
        self = Self.allCases.first { probability >= $0.floor } ?? .remote
    }

    /// The least probability of the step.
    var floor: Double {
        switch self {
        case .certain: 0.9
        case .likely: 0.5
        case .possible: 0.1
        case .unlikely: 0.01
        case .remote: 0
        }
    }

    /// The range in percent, `50-90%`.
    var label: String {
        switch self {
        case .certain: "90-100%"
        case .likely: "50-90%"
        case .possible: "10-50%"
        case .unlikely: "1-10%"
        case .remote: "<1%"
        }
    }

    /// The more likely first.
    static func < (left: Likelihood, right: Likelihood) -> Bool { left.rawValue < right.rawValue }
}
