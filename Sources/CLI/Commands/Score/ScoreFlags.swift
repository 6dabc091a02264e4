import Evaluation
import Flags
import JSON
import Rendering

extension Section where Options == ScoreOptions {
    /// What is scored, and how.
    static let score = Section(
        "Scoring",
        [
            Flag(
                "continuation", takes: .text(name: "TEXT"), maxOccurrences: .max, isCommon: true, isConfigurable: false,
                "Continuation of the prompt to score",
                details: "With the blank that it begins with. Repeat it to compare."
            ) { $0.continuations.append(.text($1)) },
            Flag(
                "continuation-tokens", takes: .tokenIDs, maxOccurrences: .max, isConfigurable: false,
                "Continuation as token IDs",
                details: "Of a prompt with --prompt-tokens."
            ) { $0.continuations.append(.tokens($1)) },
            Flag(
                "prompt-file", takes: .file, maxOccurrences: 1, isConfigurable: false,
                "File to read the prompt from",
                details: "Byte for byte; - is standard input."
            ) { $0.prompts.append(.named($1)) },
            Flag(
                "prompt-tokens", takes: .tokenIDs, maxOccurrences: 1, isConfigurable: false, "Prompt as token IDs"
            ) { $0.prompts.append(.tokens($1)) },
            Flag(
                "text", takes: .text(name: "TEXT"), maxOccurrences: 1, isCommon: true, isConfigurable: false,
                "Text to score by itself"
            ) { $0.texts.append(.argument($1)) },
            Flag(
                "text-file", takes: .file, maxOccurrences: 1, isCommon: true, isConfigurable: false,
                "File to read the text from",
                details: "Byte for byte; - is standard input."
            ) { $0.texts.append(.named($1)) },
            Flag(
                "rows", takes: .file, isCommon: true, isConfigurable: false,
                "Score each row of FILE",
                details:
                    "A line of JSON each: {\"prompt\", \"continuations\": [...]}, with an \"answer\" that is one of them or its "
                    + "index from 0; or {\"text\"}; an optional custom_id and model. - is standard input. See Rows in "
                    + "cerebras-score(1)."
            ) { $0.rowsFile = $1 },
            Flag("chomp", takes: .switch, "Drop one trailing newline of a file or stdin") {
                $0.dropsFinalNewline = $1
            },
            Flag(
                "normalize",
                takes: .choice(
                    of: Normalization.allCases.map { NamedValue($0.rawValue, $0.summary) }, name: "UNIT"),
                defaultValue: Normalization.sum.rawValue, isCommon: true,
                "Unit by which continuations are compared",
                details: "The others are shown, too. See Normalization in cerebras-score(1)."
            ) { $0.normalization = Normalization(rawValue: $1) ?? .sum },
            Flag(
                "method",
                takes: .choice(
                    of: ScoreMethod.allCases.map { NamedValue($0.rawValue, $0.summary) }, name: "METHOD"),
                defaultValue: ScoreMethod.echo.rawValue,
                "Where log probabilities come from",
                details:
                    "next-token suits servers without echo. It is exact for a continuation among the tokens that the "
                    + "server lists, and an upper bound for others."
            ) { $0.method = ScoreMethod(rawValue: $1) ?? .echo },
            Flag(
                "logprobs", takes: .integer(in: 1...20), defaultValue: "20", isConfigurable: false,
                "Next tokens to list with --method next-token"
            ) { $0.topCount = $1 },
        ])

    /// What is written, and where.
    static let scoreOutput = Section(
        "Output",
        [
            Flag(
                "format", short: "f",
                takes: .choice(of: ScoreFormats.choices, name: "FORMAT"),
                isCommon: true, isConfigurable: false,
                "Output format",
                details: "By default a table of continuations, or a text's figures and least likely places."
            ) { $0.format = Format.named($1) },
            Flag(
                "json", takes: .switch, isConfigurable: false, overrideGroup: "format",
                "Same as --format json"
            ) { options, _ in options.format = .json },
        ]
            + Section<OutputOptions>.output.within(\.output).flags.filter {
                ["pretty", "compact", "columns", "color", "vocab-size", "quiet"].contains($0.name)
            } + [
                Flag(
                    "output", short: "o", takes: .file, isCommon: true, isConfigurable: false,
                    "Write to FILE instead of stdout",
                    details:
                        "A regular file is replaced only once the scores are complete. With --rows, records are appended to "
                        + "it, and it is continued: rows that are complete there are not requested again, failed ones are. "
                        + "{shard} and {shards} stand for the shard's number and count."
                ) { $0.output.file = $1 },
                Flag(
                    "verbose", short: "v", takes: .switch,
                    "Print request and response headers to stderr",
                    details: "The API key is shown as ***."
                ) { $0.isVerbose = $1 },
            ])

    /// What the scores must be.
    static let scoreChecks = Section(
        "Checks",
        [
            Flag(
                "expect", takes: .scoreExpectation, maxOccurrences: .max, isConfigurable: false,
                "Exit 10 unless the scores satisfy SPEC",
                details:
                    "SPEC is winner, then = or != and a continuation (a JSON string if it begins with a quotation mark); or "
                    + "it is margin (nats between the two likeliest, by --normalize), of a text perplexity or bits_per_byte, or of "
                    + "all --rows accuracy (from 0 to 1, by --normalize), then = != < <= > >= and a number. The rest holds for "
                    + "each row; those that fail are counted."
            ) { $0.expectations.append($1) }
        ])

    /// How rows are read, and what is done with them.
    static let scoreRows = Section(
        "Rows",
        Section<RowOptions>.rows.within(\.rows).flags.filter {
            ["strict", "shard", "group-prefixes"].contains($0.name)
        } + Section<RowsTask>.rowsTask.within(\.task).flags)

    /// Where the records of rows go.
    static let scoreResults = Section(
        "Records of rows",
        Section<ResultOptions>.results.within(\.results).flags.filter {
            ["errors", "ordered", "redo-changed", "keep-foreign", "fsync", "summary"].contains($0.name)
        })

    /// The names of the flags that go with rows only.
    static var ofRows: [String] {
        (scoreRows.flags + scoreResults.flags).map(\.name) + Section<PaceOptions>.pace.flags.map(\.name)
    }

    /// The names of the flags that go with the one question of a command line only.
    static let ofOneQuestion = [
        "continuation", "continuation-tokens", "prompt-file", "prompt-tokens", "text", "text-file", "chomp", "format",
        "json", "pretty", "compact", "columns", "color", "vocab-size",
    ]

    /// Which model is asked, and how.
    static let scoreRequest = Section(
        Section<RequestOptions>.body.title,
        Section<RequestOptions>.sampling.within(\.request).flags.filter { $0.name == "model" }
            + Section<RequestOptions>.body.within(\.request).flags)
}

extension ScoreMethod {
    /// What it does, for the documents.
    fileprivate var summary: String {
        switch self {
        case .echo: "From the echoed prompt, exactly"
        case .nextToken: "From the likeliest next tokens; exact or an upper bound"
        }
    }
}

extension Normalization {
    /// What it divides by, for the documents.
    fileprivate var summary: String {
        switch self {
        case .sum: "Total log probability"
        case .token: "Mean per token"
        case .char: "Mean per character"
        case .byte: "Mean per UTF-8 byte"
        }
    }
}

extension Value where Parsed == ScoreExpectation {
    /// A subject, a comparison and a value, without spaces around the comparison.
    fileprivate static var scoreExpectation: Value {
        let beginnings = [
            NamedValue("winner=", "The likeliest continuation"),
            NamedValue("margin>", "Its lead over the next, in nats"),
            NamedValue("perplexity<", "Perplexity of a text"), NamedValue("bits_per_byte<", "Bits per byte of a text"),
            NamedValue("accuracy>", "Share of answers that win, of --rows"),
        ]
        let requirement = "a subject, a comparison and a value, such as margin>1"
        let syntax = ValueSyntax(.required, name: "SPEC", requirement: requirement, offer: .beginnings(beginnings))
        return Value(syntax) { bytes throws(BadValue) in
            do throws(InvalidExpectation) {
                return try ScoreExpectation(parsing: bytes)
            } catch {
                throw BadValue(error.problem)
            }
        }
    }
}
