/// An output format: its name, and the renderer that makes it.
///
/// Adding one is a file that defines it and a word in ``all``; the README's "Extending it" has the rest.
public struct Format: Sendable {
    /// The name that `--format` takes.
    public let name: String
    /// One line for the documents.
    public let summary: String
    /// The `logprobs` the format cannot do without; nil when it needs none.
    public let impliedLogprobs: Int?
    /// Whether it is worth streaming to a terminal when not told otherwise.
    public let streamsToTerminal: Bool
    /// Whether an error is also told as JSON, since a program is reading.
    public let tellsErrorsAsJSON: Bool
    /// Whether a renderer keeps the whole reply in memory, however it comes.
    public var keepsReply = false
    /// Makes a renderer for one reply.
    public let makeRenderer: @Sendable (RenderContext) -> any Renderer

    /// Every format, in the order shown; the first is the default.
    public static let all: [Format] = [.text, .json, .jsonl, .table, .tsv, .markdown, .heatmap, .html]

    /// The format with this name; nil when there is none.
    public static func named(_ name: String) -> Format? {
        all.first { $0.name == name }
    }
}
