import Platform

/// How likely a token was, in the seven steps that every colored view shows.
enum Likelihood: Int, CaseIterable, Comparable {
    case certain
    case likely
    case probable
    case possible
    case doubtful
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
        case .probable: 0.25
        case .possible: 0.1
        case .doubtful: 0.03
        case .unlikely: 0.01
        case .remote: 0
        }
    }

    /// The range in percent, `50-90%`.
    var label: String {
        switch self {
        case .certain: "90-100%"
        case .likely: "50-90%"
        case .probable: "25-50%"
        case .possible: "10-25%"
        case .doubtful: "3-10%"
        case .unlikely: "1-3%"
        case .remote: "<1%"
        }
    }

    /// The least of the range in percent, `50%+`.
    var shortLabel: String { self == .remote ? label : label.prefix { $0 != "-" } + "%+ " }

    /// The more likely first.
    static func < (left: Likelihood, right: Likelihood) -> Bool { left.rawValue < right.rawValue }
}
