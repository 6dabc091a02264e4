import API

extension Format {
    /// One row per token.
    public static let table = Format(
        name: "table", summary: "one row per token: its probability, rank and alternatives; then the choice's figures",
        impliedLogprobs: 5, streamsToTerminal: true, tellsErrorsAsJSON: false
    ) { TableRenderer($0) }
}

/// Writes one row per token as it comes, and a choice's figures when it has ended. What it keeps does not grow with the
/// choice that is being written.
struct TableRenderer: Renderer {
    /// What is kept of a choice.
    private struct Choice {
        var figures = ChoiceStatistics()
        var rows = 0
        var hasFigures = false
    }

    private let context: RenderContext
    private var sections: ChoiceSections
    private var entries: TokenEntries
    private var layout: TableLayout?
    private var choices: [Int: Choice] = [:]

    init(_ context: RenderContext) {
        self.context = context
        sections = ChoiceSections(context)
        entries = TokenEntries(context)
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        sections.begin(chunk)
        for choice in chunk.choices {
            var text = rows(of: choice)
            if choice.finishReason != nil { text += figures(of: choice.index, isWhole: true) }
            sections.add(Array(text.utf8), to: choice.index, hasEnded: choice.finishReason != nil)
        }
        sections.settle(&output)
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        for index in choices.keys.sorted() {
            let text = figures(of: index, isWhole: isWhole)
            if !text.isEmpty { sections.add(Array(text.utf8), to: index, hasEnded: isWhole) }
        }
        sections.finish(&output)
    }

    private mutating func rows(of choice: ChoiceDelta) -> String {
        let next = entries.next(choice)
        let layout = layout ?? TableLayout(context, next)
        self.layout = layout
        var text = choices[choice.index] == nil ? layout.header + "\n" : ""
        for entry in next {
            if let statistics = entry.statistics { choices[choice.index, default: Choice()].figures.add(statistics) }
            text += layout.row(entry) + "\n"
        }
        choices[choice.index, default: Choice()].figures.end(choice.finishReason)
        choices[choice.index, default: Choice()].rows += next.count
        return text
    }

    /// The figures of a choice, once.
    private mutating func figures(of index: Int, isWhole: Bool) -> String {
        guard let choice = choices[index], !choice.hasFigures else { return "" }
        choices[index]?.hasFigures = true
        let lines = TableSummary.lines(choice.figures, entries: choice.rows, isWhole: isWhole, context)
        return "\n" + lines.map { $0 + "\n" }.joined()
    }
}
