import API
import Logprobs
import Platform

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
    /// A bar's columns, when it is shown.
    private static let bar = 8
    private static let standardColumns = TokenColumn.allCases.filter { $0 != .bar && $0 != .part }
    private static let columnsWithParts = TokenColumn.allCases.filter { $0 != .bar }

    private let context: RenderContext
    private var columns: [TokenColumn]
    private var entries: TokenEntries
    private var sections = ChoiceSections()
    private var hasHeader = false
    /// A choice's next lines, and the alternatives of one, while they are made.
    private var lines: [UInt8] = []
    private var list: [UInt8] = []

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
            lines.removeAll(keepingCapacity: true)
            for entry in next { appendLine(of: entry) }
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
        output += columns.flatMap(\.names).joined(separator: "\t").utf8
        output.append(UInt8(ascii: "\n"))
    }

    private mutating func appendLine(of entry: TokenEntry) {
        for (place, column) in columns.enumerated() {
            if place > 0 { lines.append(UInt8(ascii: "\t")) }
            appendCells(column, of: entry)
        }
        lines.append(UInt8(ascii: "\n"))
    }

    private mutating func appendCells(_ column: TokenColumn, of entry: TokenEntry) {
        let statistics = entry.statistics
        switch column {
        case .token: if let text = entry.text { TSVText.append(text[...], to: &lines) }
        case .logprob: Self.append(statistics?.token.logprob, to: &lines)
        case .prob: Self.append(statistics?.probability, to: &lines)
        case .margin: Self.append(statistics?.margin, to: &lines)
        case .surprise: Self.append(statistics?.surprise, to: &lines)
        case .entropy:
            let entropy = statistics?.entropy
            Self.append(entropy?.lower, to: &lines)
            lines.append(UInt8(ascii: "\t"))
            Self.append(entropy?.upper, to: &lines)
        case .missing: Self.append(statistics?.missingMass, to: &lines)
        case .total: if statistics != nil { Self.append(entry.totalLogprob, to: &lines) }
        case .perplexity: Self.append(entry.perplexity, to: &lines)
        case .alternatives: if let statistics { appendAlternatives(statistics) }
        case .flags where entry.part == .reasoning && !columns.contains(.part):
            lines += entry.part.rawValue.utf8
            if statistics?.flags.isEmpty == false { lines.append(UInt8(ascii: ",")) }
            TableCell.append(.flags, of: entry, choicesPerPrompt: context.choicesPerPrompt, bar: Self.bar, to: &lines)
        case .prompt, .choice, .part, .position, .offset, .id, .bar, .rank, .flags:
            let start = lines.count
            TableCell.append(column, of: entry, choicesPerPrompt: context.choicesPerPrompt, bar: Self.bar, to: &lines)
            if lines[start...].elementsEqual("-".utf8) { lines.removeLast() }
        }
    }

    private mutating func appendAlternatives(_ statistics: TokenStatistics) {
        list.removeAll(keepingCapacity: true)
        for (place, alternative) in statistics.alternatives.enumerated() {
            if place > 0 { list.append(UInt8(ascii: " ")) }
            if place == statistics.sampledPlace { list.append(UInt8(ascii: "*")) }
            TokenText.append(nameOf: alternative, to: &list)
            guard alternative.logprob != nil else { continue }
            list.append(UInt8(ascii: " "))
            Self.append(alternative.logprob, to: &list)
        }
        TSVText.append(list[...], to: &lines)
    }

    /// In the fewest digits that read back as the same Double, whole ones without a fraction.
    private static func append(_ value: Double?, to output: inout [UInt8]) {
        guard let value else { return }
        output += value.description.utf8
        if value.isFinite, output.suffix(2).elementsEqual(".0".utf8) { output.removeLast(2) }
    }
}
