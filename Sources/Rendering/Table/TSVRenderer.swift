import API
import JSON
import Logprobs

extension Format {
    /// The table for programs.
    public static let tsv = Format(
        name: "tsv", summary: "Tab-separated table at full precision, for programs",
        impliedLogprobs: 5, streamsToTerminal: true, reportsErrorsAsJSON: false
    ) { TSVRenderer($0) }
}

/// Writes a line of column names, then a line for each token; a choice's lines follow those of the one before. What is not
/// known is empty.
struct TSVRenderer: Renderer {
    /// A bar's columns, when it is asked for.
    private static let bar = 8
    private static let standardColumns = TokenColumn.allCases.filter { $0 != .bar && $0 != .part }
    private static let columnsWithParts = TokenColumn.allCases.filter { $0 != .bar }

    private let context: RenderContext
    private var columns: [TokenColumn]
    private var entries: TokenEntries
    private var sections = ChoiceSections()
    private var hasHeader = false

    init(_ context: RenderContext) {
        self.context = context
        columns = context.columns ?? Self.standardColumns
        entries = context.makeEntries()
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        let hasReasoning = !hasHeader && chunk.choices.contains { !$0.reasoningTokens.isEmpty }
        for choice in chunk.choices {
            let next = entries.next(choice)
            if !next.isEmpty { addHeader(&output, hasReasoning: hasReasoning) }
            var lines: [UInt8] = []
            for entry in next { append(columns.flatMap { cells($0, of: entry) }, to: &lines) }
            sections.add(lines, to: choice.index, hasEnded: choice.finishReason != nil)
        }
        sections.settle(&output)
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        addHeader(&output)
        sections.finish(&output)
    }

    /// - Parameter hasReasoning: whether reasoning is among the first tokens that come.
    private mutating func addHeader(_ output: inout [UInt8], hasReasoning: Bool = false) {
        guard !hasHeader else { return }
        hasHeader = true
        if hasReasoning, context.columns == nil { columns = Self.columnsWithParts }
        append(columns.flatMap(\.names), to: &output)
    }

    private func append(_ cells: [String], to output: inout [UInt8]) {
        output += cells.joined(separator: "\t").utf8
        output.append(UInt8(ascii: "\n"))
    }

    private func cells(_ column: TokenColumn, of entry: TokenEntry) -> [String] {
        let statistics = entry.statistics
        switch column {
        case .token: return [entry.text.map(TSVText.escape) ?? ""]
        case .logprob: return [Self.number(statistics?.token.logprob)]
        case .prob: return [Self.number(statistics?.probability)]
        case .margin: return [Self.number(statistics?.margin)]
        case .surprise: return [Self.number(statistics?.surprise)]
        case .entropy: return [Self.number(statistics?.entropy?.lower), Self.number(statistics?.entropy?.upper)]
        case .missing: return [Self.number(statistics?.missingMass)]
        case .total: return [Self.number(statistics.map { _ in entry.figures.totalLogprob })]
        case .perplexity: return [Self.number(entry.figures.perplexity)]
        case .alternatives: return [statistics.map(Self.alternatives) ?? ""]
        case .flags where entry.part == .reasoning && !columns.contains(.part):
            let flags = TableCell.text(.flags, of: entry, context, bar: Self.bar)
            return [entry.part.rawValue + (flags.isEmpty ? "" : "," + flags)]
        case .prompt, .choice, .part, .position, .offset, .id, .bar, .rank, .flags:
            let text = TableCell.text(column, of: entry, context, bar: Self.bar)
            return [text == "-" ? "" : text]
        }
    }

    private static func alternatives(_ statistics: TokenStatistics) -> String {
        let list = statistics.alternatives.enumerated().map { place, alternative in
            let value = alternative.logprob.map { " " + number($0) } ?? ""
            return (place == statistics.sampledPlace ? "*" : "") + TokenText.name(alternative) + value
        }
        return TSVText.escape(Array(list.joined(separator: " ").utf8))
    }

    /// In the fewest digits that read back as the same Double.
    private static func number(_ value: Double?) -> String {
        value.map { JSONNumber($0)?.digits ?? $0.description } ?? ""
    }
}
