import Flags
import Rendering

extension TopicOutline {
    /// Every topic that has a manual page of its own.
    static var all: [TopicOutline] { [formats, scripts, settings] }

    /// `cerebras-formats(7)`.
    private static var formats: TopicOutline {
        TopicOutline(
            "formats", "Output formats of cerebras.",
            description: [
                "--format chooses how cerebras complete and cerebras show write a completion. In a pipe or file, text is "
                    + "exactly what the server sent, without an added newline. A terminal is sent control characters as "
                    + "escapes, unless --raw is given.",
                "Formats that show probabilities request log probabilities themselves; --logprobs sets how many "
                    + "alternatives each token has.",
            ],
            parts: [
                ManualPart("Formats", .terms(Format.all.map { ($0.name, sentence($0.summary)) })),
                ManualPart(
                    "Columns",
                    .paragraphs([
                        "--columns chooses the columns of table, tsv and markdown. By default a table has those that fit "
                            + "the terminal, a tsv all but bar, and markdown "
                            + TokenColumn.ofMarkdown.map(\.rawValue).joined(separator: ", ") + ".",
                        "A tsv has one line of column names and one line per token; unknown values are empty.",
                    ]),
                    .terms(TokenColumn.allCases.map { ($0.rawValue, sentence($0.summary)) })),
            ] + OutputOptions.lists.dropFirst().map { ManualPart($0.0, .terms($0.1)) },
            related: [("cerebras-complete", 1), ("cerebras-show", 1)])
    }

    /// `cerebras-settings(7)`.
    private static var settings: TopicOutline {
        TopicOutline(
            "settings", "Configuration file, environment variables and precedence of cerebras.",
            description: [
                "Settings come from the command line, environment variables and a configuration file. "
                    + "cerebras config shows the effective value of each setting and where it comes from."
            ],
            parts: [
                ManualPart("Configuration file", .paragraphs(ConfigFile.format), .lines(ConfigFile.exampleFile)),
                ManualPart("Precedence", .paragraphs(ConfigFile.precedence)),
                ManualPart("Environment", .terms(CompleteCommand.environment)),
                ManualPart("Files", .terms([ConfigFile.term, ModelCache.term])),
            ],
            related: [("cerebras-complete", 1), ("cerebras-config", 1)])
    }

    private static func sentence(_ clause: String) -> String {
        clause.prefix(1).uppercased() + clause.dropFirst() + "."
    }
}
