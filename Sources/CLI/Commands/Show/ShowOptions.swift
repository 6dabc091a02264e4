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
                "Say how many likely tokens were asked for at each place.",
                details: "Not set, as many as the reply shows."
            ) { $0.topCount = $1 },
            Flag(
                "n", short: "n", takes: .integer(in: 1 ... .max), isConfigurable: false,
                "Say how many choices were asked for of each prompt.",
                details: "Not set, one when there is one choice; which prompt each of several but the first is of is "
                    + "then not known."
            ) { $0.choicesPerPrompt = $1 },
        ])
}
