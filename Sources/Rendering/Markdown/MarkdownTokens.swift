import API
import Logprobs

/// The lines of a Markdown table of tokens.
struct MarkdownTokens: TokenTable {
    /// How many columns a certain token's bar has, when bars are shown.
    private static let bar = 8

    private let context: RenderContext
    private let columns: [TokenColumn]
    /// A cell, and a text in it, while they are made.
    private var cell: [UInt8] = []
    private var text: [UInt8] = []

    init(_ context: RenderContext) {
        self.context = context
        columns = context.columns ?? TokenColumn.ofMarkdown
    }

    /// The names of the columns, and the rule below them that says where each one's cells stand.
    var header: String {
        MarkdownText.row(columns.map(\.rawValue)) + MarkdownText.row(columns.map { $0.isNumber ? "---:" : "---" })
    }

    /// The part's name, in bold.
    func title(_ part: TokenPart) -> String { "**\(part.rawValue)**\n\n" }

    /// One token's line.
    mutating func appendRow(_ entry: TokenEntry, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "|"))
        for column in columns {
            cell.removeAll(keepingCapacity: true)
            makeCell(column, of: entry)
            output.append(UInt8(ascii: " "))
            MarkdownText.append(cell: cell, to: &output)
            output += " |".utf8
        }
        output.append(UInt8(ascii: "\n"))
    }

    /// All on one line.
    func figures(_ figures: ChoiceStatistics, of part: TokenPart, entries: Int, isWhole: Bool) -> String {
        var facts: [String] = []
        if figures.tokens > 0 || context.showsTokenIDs {
            let nulls = figures.nulls > 0 ? " (\(figures.nulls) null)" : ""
            facts.append(figures.tokens > 0 ? "tokens \(figures.tokens)\(nulls)" : "tokens \(entries)")
        }
        if let mean = figures.meanLogprob, let perplexity = figures.perplexity {
            facts.append("mean log probability \(Decimal.format(mean, places: 4))")
            facts.append("perplexity \(Decimal.format(perplexity, places: 4))")
        } else {
            facts.append("no log probabilities")
        }
        guard part == .text else { return facts.joined(separator: ", ") + "\n" }
        let reason = figures.finishReason.map { MarkdownText.code(TableSummary.quoted($0)) }
        facts.append("finish reason " + (reason ?? (isWhole ? "none" : "none: cut short")))
        return facts.joined(separator: ", ") + "\n"
    }

    private mutating func makeCell(_ column: TokenColumn, of entry: TokenEntry) {
        switch column {
        case .token:
            text.removeAll(keepingCapacity: true)
            TableCell.append(.token, of: entry, choicesPerPrompt: context.choicesPerPrompt, bar: Self.bar, to: &text)
            // Also an ID in a token's place, which would link to the issue of that number.
            if text == [UInt8(ascii: "-")] { cell += text } else { MarkdownText.append(code: text, to: &cell) }
        case .alternatives: if let statistics = entry.statistics { makeAlternatives(statistics) }
        default:
            TableCell.append(column, of: entry, choicesPerPrompt: context.choicesPerPrompt, bar: Self.bar, to: &cell)
        }
    }

    /// Best first, the sampled one in bold.
    private mutating func makeAlternatives(_ statistics: TokenStatistics) {
        for (place, alternative) in statistics.alternatives.enumerated() {
            if place > 0 { cell += ", ".utf8 }
            let isSampled = place == statistics.sampledPlace
            if isSampled { cell += "**".utf8 }
            text.removeAll(keepingCapacity: true)
            TokenText.append(nameOf: alternative, to: &text)
            MarkdownText.append(code: text, to: &cell)
            cell.append(UInt8(ascii: " "))
            TableCell.appendShare(of: alternative, to: &cell)
            if isSampled { cell += "**".utf8 }
        }
    }
}
