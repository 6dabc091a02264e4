import API
import Logprobs

/// What a table says of a token in one column.
enum TableCell {
    /// The cell's text; `-` for what is not known. Alternatives are ``alternatives(of:)``.
    ///
    /// - Parameters:
    ///   - bar: how many columns a certain token's bar has.
    static func text(_ column: TokenColumn, of entry: TokenEntry, _ context: RenderContext, bar: Int) -> String {
        let statistics = entry.statistics
        switch column {
        case .prompt: return context.prompt(ofChoice: entry.choice).map { "\($0)" } ?? "-"
        case .choice: return "\(entry.choice)"
        case .part: return entry.part.rawValue
        case .position: return "\(entry.position)"
        case .offset: return statistics?.token.offset.map { "\($0)" } ?? "-"
        case .id: return entry.id.map { "\($0)" } ?? "-"
        case .token: return token(entry)
        case .logprob: return logprob(statistics)
        case .prob: return statistics?.token.logprob.map { Decimal.percent($0) } ?? "-"
        case .bar: return statistics?.probability.map { ProbabilityBar.draw($0, columns: bar) } ?? ""
        case .rank: return statistics?.rank?.description ?? "-"
        case .margin: return statistics?.margin.map { ($0 > 0 ? "+" : "") + Decimal.format($0, places: 2) } ?? "-"
        case .surprise: return statistics?.surprise.map { Decimal.format($0, places: 2) } ?? "-"
        case .entropy: return statistics?.entropy.map(range) ?? "-"
        case .missing: return statistics?.missingMass.map(Decimal.percent(ofProbability:)) ?? "-"
        case .total: return statistics == nil ? "-" : Decimal.format(entry.figures.totalLogprob, places: 4)
        case .perplexity: return entry.figures.perplexity.map { Decimal.format($0, places: 4) } ?? "-"
        case .flags: return statistics.map { $0.flags.map(\.rawValue).joined(separator: ",") } ?? ""
        case .alternatives: return alternatives(of: entry).joined(separator: "  ")
        }
    }

    /// Best first, each quoted with its probability, the sampled one after an asterisk.
    ///
    /// - Parameters:
    ///   - places: how many decimals a percentage has.
    static func alternatives(of entry: TokenEntry, places: Int = 2) -> [String] {
        namedAlternatives(of: entry, places: places).map { "\($0.name) \($0.share)" }
    }

    /// The same, names and percentages apart.
    static func namedAlternatives(of entry: TokenEntry, places: Int) -> [(name: String, share: String)] {
        guard let statistics = entry.statistics else { return [] }
        return statistics.alternatives.enumerated().map { place, alternative in
            let mark = place == statistics.sampledPlace ? "*" : ""
            return (
                mark + TokenText.name(alternative),
                alternative.logprob.map { Decimal.percent($0, places: places) } ?? "-"
            )
        }
    }

    private static func token(_ entry: TokenEntry) -> String {
        entry.text.map(TokenText.quote) ?? entry.id.map { "#\($0)" } ?? "-"
    }

    private static func logprob(_ statistics: TokenStatistics?) -> String {
        guard let statistics else { return "-" }
        return statistics.token.logprob.map { Decimal.format($0, places: 4) } ?? "null"
    }

    /// `>=1.57 bits`; `1.57-9.30 bits` where the most is known, one figure where both are the same.
    private static func range(_ bounds: EntropyBounds) -> String {
        let least = Decimal.format(bounds.lower, places: 2)
        guard let most = bounds.upper.map({ Decimal.format($0, places: 2) }) else { return ">=\(least) bits" }
        return (least == most ? least : "\(least)-\(most)") + " bits"
    }
}
