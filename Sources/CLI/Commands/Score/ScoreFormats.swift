import Flags
import Rendering

/// The formats of `score`: all of a completion for the tokens of a text, and some of them for continuations.
enum ScoreFormats {
    /// Those that continuations can be written in, and what they then hold.
    private static let ofContinuations = [
        "json": "One JSON object; of a text, a response with a score",
        "table": "Continuations, or the text's tokens, as a table",
        "tsv": "Tab-separated table with a header",
        "markdown": "Markdown table",
    ]

    /// What others hold, where that is another thing than of a completion.
    private static let ofTexts = [
        "text": "Of a text, the text itself", "jsonl": "Of a text, that response as one line",
    ]

    /// Each with one line for the documents.
    static var choices: [NamedValue] {
        Format.all.map { NamedValue($0.name, ofContinuations[$0.name] ?? ofTexts[$0.name] ?? $0.summary) }
    }

    /// Whether continuations can be written so.
    static func suitContinuations(_ format: Format) -> Bool { ofContinuations[format.name] != nil }
}
