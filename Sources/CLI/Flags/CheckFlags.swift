import Flags

extension Section where Options == AnswerChecks {
    /// What the answer must be.
    static let checks = Section(
        "Checks",
        [
            Flag(
                "fail-on", takes: .words(name: "REASONS", usual: ["stop", "length", "content_filter"]), upTo: .max,
                "End with exit status 10 when a choice ended for one of these.",
                details: "Finish reasons parted by commas, such as length,content_filter; the answer is still written."
            ) { $0.failReasons += $1 }
        ])
}
