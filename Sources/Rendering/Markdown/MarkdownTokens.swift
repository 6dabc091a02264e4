import API
import Logprobs

/// The lines of a Markdown table of tokens.
struct MarkdownTokens: TokenTable {
    /// How many columns a certain token's bar has, when bars are asked for.
    private static let bar = 8

    private let context: RenderContext
    private let columns: [TokenColumn]

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
    func row(_ entry: TokenEntry) -> String { MarkdownText.row(columns.map { cell($0, of: entry) }) }

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

    private func cell(_ column: TokenColumn, of entry: TokenEntry) -> String {
        let text = TableCell.text(column, of: entry, context, bar: Self.bar)
        switch column {
        // Also an ID in a token's place, which would link to the issue of that number.
        case .token: return text == "-" ? text : MarkdownText.code(text)
        case .alternatives: return entry.statistics.map(Self.alternatives) ?? ""
        default: return text
        }
    }

    /// Best first, the sampled one in bold.
    private static func alternatives(_ statistics: TokenStatistics) -> String {
        let list = statistics.alternatives.enumerated().map { place, alternative in
            let share = alternative.logprob.map { Decimal.percent($0) } ?? "-"
            let text = MarkdownText.code(TokenText.name(alternative)) + " " + share
            return place == statistics.sampledPlace ? "**\(text)**" : text
        }
        return list.joined(separator: ", ")
    }
}
