import Flags

extension Section where Options == CompletionChecks {
    /// What the completions must be like.
    static let checks = Section(
        "Checks",
        [
            Flag(
                "fail-on",
                takes: .words(
                    name: "REASONS",
                    usual: [
                        NamedValue("stop", "Stop sequence or end of text"), NamedValue("length", "Token limit reached"),
                        NamedValue("content_filter", "Withheld by a content filter"),
                    ]),
                maxOccurrences: .max,
                "Exit 10 if a completion ends for one of REASONS",
                details: "Finish reasons, such as length,content_filter. The completion is still written."
            ) { $0.failReasons += $1 },
            Flag(
                "expect", takes: .expectation, maxOccurrences: .max,
                "Exit 10 unless every completion satisfies SPEC",
                details: "SPEC is text, finish or token[N], then = or != and a text (a JSON string if it "
                    + "begins with a quotation mark), or ~ or !~ and a regular expression to search for; or "
                    + "it is tokens, mean_logprob, min_logprob, perplexity, prob[N] or logprob[N], then = "
                    + "!= < <= > >= and a number. N counts tokens from 0. Log probabilities are requested "
                    + "when needed. Patterns have no back-references and no look-around."
            ) { $0.expectations.append($1) },
        ])
}
