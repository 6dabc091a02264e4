import Evaluation

/// What a whole answer must be for the program to end well.
struct AnswerChecks {
    /// Finish reasons that are not to be taken for success.
    var failReasons: [String] = []
    var expectations: [Expectation] = []

    /// The `logprobs` that a request must ask for; nil when none are needed.
    var impliedLogprobs: Int? { expectations.compactMap(\.impliedLogprobs).max() }
}
