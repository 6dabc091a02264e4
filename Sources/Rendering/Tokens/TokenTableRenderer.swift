import API
import Logprobs
import Platform

/// The lines of a table of tokens, in one form of writing it. Each of its texts ends its last line.
protocol TokenTable {
    /// What stands above the rows.
    var header: String { get }

    /// What stands above a part's table where a choice has several parts.
    func title(_ part: TokenPart) -> String

    /// Appends one token's row.
    mutating func appendRow(_ entry: TokenEntry, to output: inout [UInt8])

    /// What the tokens of a choice's part say together, below its rows.
    ///
    /// - Parameters:
    ///   - part: the finish reason is shown for the text.
    ///   - entries: how many rows the choice has.
    ///   - isWhole: whether nothing more was to come; false when the response was truncated.
    func figures(_ figures: ChoiceStatistics, of part: TokenPart, entries: Int, isWhole: Bool) -> String
}

/// Writes a table for each choice, a row per token as it comes, and the choice's figures when it has ended. What it keeps does
/// not grow with the choice that is being written.
struct TokenTableRenderer<Table: TokenTable>: Renderer {
    /// What was written of a choice.
    private struct Progress {
        enum Last {
            case nothing, row, figures
        }

        var last = Last.nothing
        /// The part that the last row was of.
        var part = TokenPart.text
        /// Whether there was reasoning, so that parts have titles.
        var hasParts = false
    }

    private let makeTable: ([TokenEntry]) -> Table
    private var table: Table?
    private var sections: ChoiceSections
    private var entries: TokenEntries
    /// Of the choices that have begun.
    private var choices = RecentMap<Int, Progress>()
    /// A choice's next lines, while they are made.
    private var lines: [UInt8] = []

    /// - Parameter makeTable: given the first tokens that come, if any do, so that columns can be as wide as those need.
    init(_ context: RenderContext, _ sections: ChoiceSections, makeTable: @escaping ([TokenEntry]) -> Table) {
        self.makeTable = makeTable
        self.sections = sections
        entries = context.makeEntries()
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        sections.begin(chunk)
        for choice in chunk.choices {
            let hasEnded = choice.finishReason != nil
            lines.removeAll(keepingCapacity: true)
            appendRows(of: choice)
            if hasEnded { lines += figures(of: choice.index, isWhole: true).utf8 }
            sections.add(lines, to: choice.index, hasEnded: hasEnded)
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

    /// A choice's next rows; after its figures, and where its other part begins, they begin a table of their own.
    private mutating func appendRows(of choice: ChoiceDelta) {
        let next = entries.next(choice)
        var progress = choices[choice.index] ?? Progress()
        for entry in next {
            let isOther = progress.last == .row && progress.part != entry.part
            progress.hasParts = progress.hasParts || entry.part == .reasoning
            if isOther, progress.part == .reasoning {
                lines += ("\n" + figures(of: choice.index, .reasoning, isWhole: true)).utf8
            }
            if progress.last != .row || isOther {
                let table = table(for: next)
                lines +=
                    ((progress.last == .nothing ? "" : "\n") + (progress.hasParts ? table.title(entry.part) : "")
                    + table.header).utf8
            }
            (progress.last, progress.part) = (.row, entry.part)
            table?.appendRow(entry, to: &lines)
        }
        choices[choice.index] = progress
    }

    /// The figures of a choice, once below its rows.
    private mutating func figures(of index: Int, isWhole: Bool) -> String {
        var progress = choices[index] ?? Progress()
        guard progress.last != .figures else { return "" }
        let isRow = progress.last == .row
        progress.last = .figures
        choices[index] = progress
        // Reasoning without a text after it has its figures, too.
        let reasoning =
            isRow && progress.part == .reasoning ? "\n" + figures(of: index, .reasoning, isWhole: isWhole) : ""
        return reasoning + (isRow ? "\n" : "") + figures(of: index, .text, isWhole: isWhole)
    }

    private mutating func figures(of index: Int, _ part: TokenPart, isWhole: Bool) -> String {
        table(for: [])
            .figures(
                entries.figures(of: index, part), of: part, entries: entries.count(of: index, part), isWhole: isWhole)
    }

    private mutating func table(for first: [TokenEntry]) -> Table {
        if let table { return table }
        let made = makeTable(first)
        // Without a token the columns are still open.
        if !first.isEmpty { table = made }
        return made
    }
}
