import Flags
import Platform
import Rendering

/// What the command line of `show` says.
struct ShowOptions: CommandOptions {
    /// The saved response, by the name of its file; `-` is standard input.
    var file = [UInt8(ascii: "-")]
    /// Which row of it, when it is a result file; nil for a file with one response.
    var row: [UInt8]?
    var output = OutputOptions()
    var checks = CompletionChecks()
    /// The `logprobs` that were requested; nil for what the response shows.
    var topCount: Int?
    /// The `n` that was requested; nil for what the response shows.
    var choicesPerPrompt: Int?

    var isQuiet: Bool { output.isQuiet }
    var reportsErrorsAsJSON: Bool { output.format.reportsErrorsAsJSON }

    mutating func takeOperands(_ outcome: Parser<ShowOptions>.Outcome, _ context: ProcessContext) throws(Failure) {
        let operands = outcome.operands
        if operands.count > 1 {
            throw .usage(
                UsageError(
                    "unexpected argument \(quoted: operands[1])", hint: "one response at a time"))
        }
        if let path = operands.first {
            guard !path.isEmpty else { throw .usage(UsageError("'' is not a file name")) }
            file = path
        } else if Descriptor.isTerminal(context.input) {
            throw .usage(
                UsageError("no saved response", hint: "name a file as in: cerebras show response.json, or pipe one in"))
        }
    }
}

extension Section where Options == ShowOptions {
    /// What a saved response does not always show.
    static let asked = Section(
        "Request",
        [
            Flag<[UInt8]?>.row.within(\.row),
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
