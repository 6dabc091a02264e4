import Flags
import Rendering

extension Section where Options == OutputOptions {
    /// What is written, and where.
    static let output = Section(
        "Output",
        [
            Flag(
                "format", short: "f",
                takes: .choice(of: Format.all.map { NamedValue($0.name, $0.summary) }, name: "FORMAT"),
                defaultValue: Format.all[0].name, isCommon: true,
                "Output format"
            ) { $0.format = Format.named($1) ?? $0.format },
            Flag(
                "json", takes: .switch, isCommon: true, overrideGroup: "format",
                "Same as --format json"
            ) { options, _ in
                options.format = .json
            },
            Flag(
                "pretty", takes: .switch,
                "Pretty-print JSON",
                details: "The default at a terminal."
            ) {
                options, _ in options.layout = .pretty
            },
            Flag(
                "compact", takes: .switch, overrideGroup: "pretty",
                "Write JSON without whitespace"
            ) { options, _ in options.layout = .compact },
            Flag(
                "null", short: "0", takes: .switch,
                "End each choice with NUL and omit headings"
            ) {
                options, _ in options.separator = .nul
            },
            Flag("newline", takes: .switch, "End text with a newline if it lacks one") { $0.endsLine = $1 },
            Flag(
                "columns", takes: .columns, "Columns of a table, tsv or markdown",
                details:
                    "See Columns in cerebras complete --help. By default a table has those that fit, a tsv all but the "
                    + "bar, markdown "
                    + TokenColumn.ofMarkdown.map(\.rawValue).joined(separator: ", ") + "."
            ) { $0.columns = $1 },
            Flag<ColorChoice>.color.within(\.color),
            Flag(
                "vocab-size", takes: .integer(in: 1 ... .max),
                "Vocabulary size of the model",
                details: "Gives the entropy an upper bound."
            ) { $0.vocabularySize = $1 },
            Flag(
                "output", short: "o", takes: .file, isCommon: true, isConfigurable: false,
                "Write to FILE instead of stdout",
                details: "A regular file is replaced only once the completion is whole, and keeps its owner, "
                    + "group, mode, access control list and extended attributes. If it can't be replaced, "
                    + "or has hard links, it is written in place."
            ) { $0.file = $1 },
            Flag(
                "raw", takes: .switch,
                "Pass control characters to the terminal unescaped"
            ) { $0.isRaw = $1 },
            Flag(
                "quiet", short: "q", takes: .switch,
                "Suppress notes on stderr; print only errors"
            ) {
                $0.isQuiet = $1
            },
            Flag(
                "usage", short: "u", takes: .optionalChoice(of: [NamedValue("json", "As a JSON object")]),
                isCommon: true,
                "Print token usage, timing and rate limits to stderr",
                details: "For a saved response, as far as it holds them."
            ) { $0.usage = $1 == nil ? .line : .json },
        ])
}

extension Section where Options == CompleteOptions {
    /// What is written, and what is reported of it.
    static let output = Section(
        Section<OutputOptions>.output.title,
        Section<OutputOptions>.output.within(\.output).flags + [
            Flag(
                "verbose", short: "v", takes: .switch,
                "Print request and response headers to stderr",
                details: "The API key is shown as ***."
            ) { $0.isVerbose = $1 }
        ])
}

extension Flag where Options == ColorChoice {
    /// Whether what is shown has colors.
    static var color: Flag {
        Flag(
            "color",
            takes: .choice(of: ColorChoice.allCases.map { NamedValue($0.rawValue, $0.summary) }, name: "WHEN"),
            defaultValue: ColorChoice.auto.rawValue,
            "When to use color"
        ) { $0 = ColorChoice(rawValue: $1) ?? $0 }
    }
}

extension ColorChoice {
    /// What it does, for the documents.
    fileprivate var summary: String {
        switch self {
        case .auto: "At a terminal that supports it"
        case .always: "In pipes and files, too"
        case .never: "No escape sequences"
        }
    }
}
