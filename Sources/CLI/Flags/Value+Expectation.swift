import Evaluation
import Flags

extension Value where Parsed == Expectation {
    /// What it may begin with, for completions.
    static let expectationBeginnings = [
        NamedValue("text=", "Whole text"), NamedValue("text~", "Pattern in the text"),
        NamedValue("finish=", "Finish reason"), NamedValue("token[0]=", "Text of a token"),
        NamedValue("tokens<=", "Number of tokens"), NamedValue("mean_logprob>=", "Mean log probability"),
        NamedValue("min_logprob>=", "Lowest log probability"), NamedValue("perplexity<=", "Perplexity"),
        NamedValue("prob[0]>=", "Probability of a token"), NamedValue("logprob[0]>=", "Log probability of a token"),
    ]

    /// A subject, a comparison and a value, without spaces around the comparison.
    static var expectation: Value {
        let requirement = "a subject, a comparison and a value, such as finish=stop"
        let syntax = ValueSyntax(
            .required, name: "SPEC", requirement: requirement, offer: .beginnings(expectationBeginnings))
        return Value(syntax) { bytes throws(BadValue) in
            do throws(InvalidExpectation) {
                return try Expectation(parsing: bytes)
            } catch {
                throw BadValue(error.problem)
            }
        }
    }
}
