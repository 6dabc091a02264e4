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
    private let context: RenderContext
    private var sections: ChoiceSections
    private var entries: TokenEntries
    private var lines: TableLines?
    /// The choices that have begun, and whether their figures are written.
    private var choices: [Int: Bool] = [:]

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
        let lines = lines ?? TableLines(TableLayout(context, next), context)
        self.lines = lines
        let isFirst = choices[choice.index] == nil
        if isFirst { choices[choice.index] = false }
        return (isFirst ? lines.header + "\n" : "") + next.map { lines.row($0) + "\n" }.joined()
    }

    /// The figures of a choice, once.
    private mutating func figures(of index: Int, isWhole: Bool) -> String {
        guard choices[index] == false else { return "" }
        choices[index] = true
        let lines = TableSummary.lines(
            entries.figures(of: index), entries: entries.count(of: index), isWhole: isWhole, context)
        return "\n" + lines.map { $0 + "\n" }.joined()
    }
}
