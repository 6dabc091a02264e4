import API

/// The lines of a table of tokens, in one form of writing it. Each of its texts ends its last line.
protocol TokenTable {
    /// What stands above the rows.
    var header: String { get }

    /// One token's row.
    func row(_ entry: TokenEntry) -> String

    /// What a choice's tokens say together, below its rows.
    ///
    /// - Parameters:
    ///   - entries: how many rows the choice has.
    ///   - isWhole: whether nothing more was to come; false when the answer was cut short.
    func figures(_ figures: ChoiceStatistics, entries: Int, isWhole: Bool) -> String
}

/// Writes a table for each choice, a row per token as it comes, and the choice's figures when it has ended. What it keeps does
/// not grow with the choice that is being written.
struct TokenTableRenderer<Table: TokenTable>: Renderer {
    /// What was written last of a choice.
    private enum Part {
        case nothing, row, figures
    }

    private let makeTable: ([TokenEntry]) -> Table
    private var table: Table?
    private var sections: ChoiceSections
    private var entries: TokenEntries
    /// Of the choices that have begun.
    private var parts: [Int: Part] = [:]

    /// - Parameter makeTable: given the first tokens that come, if any do, so that columns can be as wide as those need.
    init(_ context: RenderContext, _ sections: ChoiceSections, makeTable: @escaping ([TokenEntry]) -> Table) {
        self.makeTable = makeTable
        self.sections = sections
        entries = TokenEntries(context)
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        sections.begin(chunk)
        for choice in chunk.choices {
            let hasEnded = choice.finishReason != nil
            let text = rows(of: choice) + (hasEnded ? figures(of: choice.index, isWhole: true) : "")
            sections.add(Array(text.utf8), to: choice.index, hasEnded: hasEnded)
        }
        sections.settle(&output)
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        for index in parts.keys.sorted() {
            let text = figures(of: index, isWhole: isWhole)
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
        let table = table(for: next)
        let start =
            switch part {
            case .nothing: table.header
            case .row: ""
            case .figures: "\n" + table.header
            }
        return start + next.map(table.row).joined()
    }

    /// The figures of a choice, once below its rows.
    private mutating func figures(of index: Int, isWhole: Bool) -> String {
        let part = parts[index] ?? .nothing
        guard part != .figures else { return "" }
        parts[index] = .figures
        let figures = table(for: [])
            .figures(entries.figures(of: index), entries: entries.count(of: index), isWhole: isWhole)
        return (part == .row ? "\n" : "") + figures
    }

    private mutating func table(for first: [TokenEntry]) -> Table {
        if let table { return table }
        let made = makeTable(first)
        // Without a token the columns are still open.
        if !first.isEmpty { table = made }
        return made
    }
}
