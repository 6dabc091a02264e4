import Flags

/// What the command line of `show` says.
struct ShowOptions {
    var output = OutputOptions()
    var checks = AnswerChecks()
    /// The `logprobs` that were asked for; nil for what the reply shows.
    var topCount: Int?
    /// The `n` that was asked for; nil for what the reply shows.
    var choicesPerPrompt: Int?
}

extension Section where Options == ShowOptions {
    /// What a saved response does not always tell.
    static let asked = Section(
        "Request",
        [
            Flag(
                "logprobs", takes: .integer(in: 0...20), isConfigurable: false,
                "Alternatives that were requested per token",
                details: "By default, as many as the response shows."
            ) { $0.topCount = $1 },
            Flag(
                "n", short: "n", takes: .integer(in: 1 ... .max), isConfigurable: false,
                "Completions that were requested per prompt",
                details: "By default 1 if there is one choice; otherwise only the first choice is assigned to "
                    + "a prompt."
            ) { $0.choicesPerPrompt = $1 },
        ])
}
