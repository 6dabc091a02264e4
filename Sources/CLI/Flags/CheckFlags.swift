import Flags

extension Section where Options == AnswerChecks {
    /// What the answer must be.
    static let checks = Section(
        "Checks",
        [
            Flag(
                "fail-on", takes: .words(name: "REASONS", usual: ["stop", "length", "content_filter"]),
                maxOccurrences: .max,
                "End with exit status 10 when a choice ended for one of these.",
                details: "Comma-separated finish reasons, such as length,content_filter; the answer is still written."
            ) { $0.failReasons += $1 },
            Flag(
                "expect", takes: .expectation, maxOccurrences: .max,
                "End with exit status 10 unless the whole answer is so.",
                details: "SPEC is text, finish or token[N] with = or != and text (a JSON string when it begins with a "
                    + "quotation mark), or with ~ or !~ and a regular expression to be found somewhere in it; or tokens, "
                    + "mean_logprob, min_logprob, perplexity, prob[N] or logprob[N] with = != < <= > >= and a number. N "
                    + "counts tokens from 0. Each choice must be so. Log probabilities are asked for when they are "
                    + "needed. A pattern of repeats inside repeats, such as (a+)+$, can take very long."
            ) { $0.expectations.append($1) },
        ])
}
