import API

extension Format {
    /// The table for an issue or a pull request.
    public static let markdown = Format(
        name: "markdown", summary: "the table in Markdown, as GitHub reads it, for an issue or a pull request",
        impliedLogprobs: 5, streamsToTerminal: true, tellsErrorsAsJSON: false
    ) { MarkdownRenderer($0) }
}

/// Writes a table in GitHub-flavoured Markdown, a row per token as it comes, and below it a line of the choice's figures.
struct MarkdownRenderer: Renderer {
    /// What was written last of a choice.
    private enum Part {
        case nothing, row, summary
    }

    private let lines: MarkdownTokens
    private var sections: ChoiceSections
    private var entries: TokenEntries
    /// Of the choices that have begun.
    private var parts: [Int: Part] = [:]

    init(_ context: RenderContext) {
        lines = MarkdownTokens(context)
        entries = TokenEntries(context)
        sections = ChoiceSections(context) { "### \(context.title(ofChoice: $0))\n\n" }
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        sections.begin(chunk)
        for choice in chunk.choices {
            let hasEnded = choice.finishReason != nil
            let text = rows(of: choice) + (hasEnded ? summary(of: choice.index, isWhole: true) : "")
            sections.add(Array(text.utf8), to: choice.index, hasEnded: hasEnded)
        }
        sections.settle(&output)
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        for index in parts.keys.sorted() {
            let text = summary(of: index, isWhole: isWhole)
            if !text.isEmpty { sections.add(Array(text.utf8), to: index, hasEnded: isWhole) }
        }
        sections.finish(&output)
    }

    /// A choice's next rows; after its figures they begin a table of their own.
    private mutating func rows(of choice: ChoiceDelta) -> String {
        let next = entries.next(choice)
        let part = parts[choice.index] ?? .nothing
        parts[choice.index] = next.isEmpty ? part : .row
        guard !next.isEmpty else { return "" }
        let start =
            switch part {
            case .nothing: lines.header
            case .row: ""
            case .summary: "\n" + lines.header
            }
        return start + next.map(lines.row).joined()
    }

    /// The figures of a choice, once below its rows.
    private mutating func summary(of index: Int, isWhole: Bool) -> String {
        let part = parts[index] ?? .nothing
        guard part != .summary else { return "" }
        parts[index] = .summary
        let line = lines.summary(entries.figures(of: index), entries: entries.count(of: index), isWhole: isWhole)
        return (part == .row ? "\n" : "") + line
    }
}
