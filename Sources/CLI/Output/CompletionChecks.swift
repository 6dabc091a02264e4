import Evaluation
import Logprobs

/// What a whole answer must be for the program to end well.
struct CompletionChecks {
    /// Finish reasons that are not to be taken for success.
    var failReasons: [String] = []
    var expectations: [Expectation] = []

    /// The `logprobs` that a request must ask for; nil when none are needed.
    var impliedLogprobs: Int? { expectations.compactMap(\.impliedLogprobs).max() }

    /// A record that keeps what these checks need, and what tells whether prompts came back.
    ///
    /// - Parameter prompts: those that were to come back before the completions.
    func makeRecord(echoing prompts: EchoedPrompts = EchoedPrompts()) -> CompletionRecord {
        let checks = ExpectationChecks(expectations)
        return CompletionRecord(
            keeping: prompts.isEmpty ? checks.details : checks.details.union(.beginning), places: checks.places)
    }
}
