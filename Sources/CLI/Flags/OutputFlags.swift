import Flags
import Rendering

extension Section where Options == OutputOptions {
    /// What is written, and where.
    static let output = Section(
        "Output",
        [
            Flag(
                "format", short: "f", takes: .choice(of: Format.all.map(\.name), name: "FORMAT"),
                defaultValue: Format.all[0].name, isCommon: true,
                "Write the answer so.",
                details: Format.all.map { "\($0.name): \($0.summary)." }.joined(separator: " ")
            ) { $0.format = Format.named($1) ?? $0.format },
            Flag("json", takes: .switch, overrideGroup: "format", "The same as --format json.") { options, _ in
                options.format = .json
            },
            Flag("pretty", takes: .switch, "Lay a JSON document out on several lines, as for a terminal.") {
                options, _ in options.layout = .pretty
            },
            Flag(
                "compact", takes: .switch, overrideGroup: "pretty", "Write a JSON document without white space."
            ) { options, _ in options.layout = .compact },
            Flag("null", short: "0", takes: .switch, "End each choice's text with a NUL, without headings.") {
                options, _ in options.separator = .nul
            },
            Flag(
                "columns", takes: .columns, "Show these columns of a table, a tsv or markdown.",
                details: "A comma-separated list; cerebras complete --help tells what each one holds. Not set, a "
                    + "table has those that fit, a tsv all but the bar, markdown "
                    + TokenColumn.ofMarkdown.map(\.rawValue).joined(separator: ", ") + "."
            ) { $0.columns = $1 },
            Flag(
                "color", takes: .choice(of: ColorChoice.allCases.map(\.rawValue), name: "WHEN"),
                defaultValue: ColorChoice.auto.rawValue, "Show probabilities in color.",
                details:
                    "auto: in a terminal that has colors, as far as the environment allows. always: also in a pipe. "
                    + "never: no escape sequences at all."
            ) { $0.color = ColorChoice(rawValue: $1) ?? $0.color },
            Flag(
                "vocab-size", takes: .integer(in: 1 ... .max),
                "How many tokens the model knows, for entropy's upper bound."
            ) { $0.vocabularySize = $1 },
            Flag(
                "output", short: "o", takes: .file, isCommon: true, isConfigurable: false,
                "Write to this file instead of standard output.",
                details: "A regular file is replaced only once the completion is whole, and keeps its owner, group, "
                    + "mode, access control list and extended attributes. If it cannot, or has hard links, it is then "
                    + "written in place."
            ) { $0.file = $1 },
            Flag(
                "raw", takes: .switch, "Send a terminal the model's control characters as they are."
            ) { $0.isRaw = $1 },
            Flag("quiet", short: "q", takes: .switch, "Show no notes on standard error, only errors.") {
                $0.isQuiet = $1
            },
            Flag(
                "usage", short: "u", takes: .optionalChoice(of: ["json"]), isCommon: true,
                "Tell on standard error what the answer took.",
                details: "Tokens, time and speed as seen here and by the server, rate limits, payload; of a saved "
                    + "reply, what it tells of them; json: as an object."
            ) { $0.usage = $1 == nil ? .line : .json },
        ])
}

extension Section where Options == Invocation {
    /// What is written, and what is told of it.
    static let output = Section(
        Section<OutputOptions>.output.title,
        Section<OutputOptions>.output.within(\.output).flags + [
            Flag(
                "verbose", short: "v", takes: .switch,
                "Show the request's and the reply's head on standard error, the key as ***."
            ) { $0.isVerbose = $1 }
        ])
}
