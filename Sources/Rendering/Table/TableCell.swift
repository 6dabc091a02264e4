import API
import Logprobs
import Platform

/// What a table says of a token in one column.
enum TableCell {
    /// The cell's text; `-` for what is not known. Alternatives are separated by ``TableLayout/gap``.
    ///
    /// - Parameters:
    ///   - choicesPerPrompt: as of ``RenderContext``, of which this is all that is needed.
    ///   - bar: how many columns a certain token's bar has.
    static func text(_ column: TokenColumn, of entry: TokenEntry, choicesPerPrompt: Int?, bar: Int) -> String {
        String(bytes: { append(column, of: entry, choicesPerPrompt: choicesPerPrompt, bar: bar, to: &$0) })
    }

    /// Appends the same.
    static func append(
        _ column: TokenColumn, of entry: TokenEntry, choicesPerPrompt: Int?, bar: Int, to output: inout [UInt8]
    ) {
        let start = output.count
        switch column {
        case .prompt:
            append(RenderContext.prompt(ofChoice: entry.choice, choicesPerPrompt: choicesPerPrompt), to: &output)
        case .choice: output.append(decimal: entry.choice)
        case .part: output += entry.part.rawValue.utf8
        case .position: output.append(decimal: entry.position)
        case .offset: append(entry.statistics?.token.offset, to: &output)
        case .id: append(entry.id, to: &output)
        case .token: appendToken(of: entry, to: &output)
        case .perplexity: append(entry.perplexity, places: 4, to: &output)
        default: appendNumber(column, of: entry, bar: bar, to: &output)
        }
        if output.count == start, column.hasMark { output.append(UInt8(ascii: "-")) }
    }

    /// Appends what the numbers say; nothing where they don't.
    private static func appendNumber(
        _ column: TokenColumn, of entry: TokenEntry, bar: Int, to output: inout [UInt8]
    ) {
        guard let statistics = entry.statistics else { return }
        let logprob = statistics.token.logprob
        switch column {
        case .logprob:
            append(logprob, places: 4, to: &output)
            if logprob == nil { output += "null".utf8 }
        case .prob: if let logprob { Decimal.append(percent: logprob, to: &output) }
        case .bar:
            if let probability = statistics.probability {
                ProbabilityBar.append(probability, columns: bar, to: &output)
            }
        case .rank: if let rank = statistics.rank { append(rank, to: &output) }
        case .margin:
            if let margin = statistics.margin, margin > 0 { output.append(UInt8(ascii: "+")) }
            append(statistics.margin, places: 2, to: &output)
        case .surprise: append(statistics.surprise, places: 2, to: &output)
        case .entropy: if let bounds = statistics.entropy { append(bounds, to: &output) }
        case .missing: if let mass = statistics.missingMass { Decimal.append(percentOf: mass, to: &output) }
        case .total: append(entry.totalLogprob, places: 4, to: &output)
        case .flags:
            for (place, flag) in statistics.flags.enumerated() {
                if place > 0 { output.append(UInt8(ascii: ",")) }
                output += flag.rawValue.utf8
            }
        case .alternatives:
            for place in statistics.alternatives.indices {
                if place > 0 { output += TableLayout.gap.utf8 }
                append(alternative: place, of: statistics, to: &output)
            }
        case .prompt, .choice, .part, .position, .offset, .id, .token, .perplexity: break
        }
    }

    /// Appends an alternative in quotes with its probability, the sampled one after an asterisk.
    static func append(
        alternative place: Int, of statistics: TokenStatistics, to output: inout [UInt8]
    ) {
        let alternative = statistics.alternatives[place]
        if place == statistics.sampledPlace { output.append(UInt8(ascii: "*")) }
        TokenText.append(nameOf: alternative, to: &output)
        output.append(UInt8(ascii: " "))
        appendShare(of: alternative, to: &output)
    }

    /// Appends an alternative's probability.
    ///
    /// - Parameter places: how many decimals a percentage has.
    static func appendShare(
        of alternative: TokenLogprob.Alternative, places: Int = 2, to output: inout [UInt8]
    ) {
        guard let logprob = alternative.logprob else { return output.append(UInt8(ascii: "-")) }
        Decimal.append(percent: logprob, places: places, to: &output)
    }

    /// The alternatives, best first, names and percentages apart; the sampled one's name is after an asterisk.
    ///
    /// - Parameter places: how many decimals a percentage has.
    static func namedAlternatives(of entry: TokenEntry, places: Int) -> [(name: String, share: String)] {
        guard let statistics = entry.statistics else { return [] }
        return statistics.alternatives.enumerated().map { place, alternative in
            let mark = place == statistics.sampledPlace ? "*" : ""
            return (
                mark + TokenText.name(alternative),
                String(bytes: { appendShare(of: alternative, places: places, to: &$0) })
            )
        }
    }

    private static func appendToken(of entry: TokenEntry, to output: inout [UInt8]) {
        if let text = entry.text {
            TokenText.append(quoting: text[...], to: &output)
        } else if let id = entry.id {
            TokenText.append(id: id, to: &output)
        }
    }

    private static func append(_ number: Int?, to output: inout [UInt8]) {
        if let number { output.append(decimal: number) }
    }

    private static func append(_ number: Double?, places: Int, to output: inout [UInt8]) {
        if let number { Decimal.append(number, places: places, to: &output) }
    }

    /// Appends a rank.
    static func append(_ rank: TokenRank, to output: inout [UInt8]) {
        switch rank {
        case .exactly(let place): output.append(decimal: place)
        case .beyond(let place):
            output.append(UInt8(ascii: ">"))
            output.append(decimal: place)
        }
    }

    /// `>=1.57 bits`; `1.57-9.30 bits` where the most is known, one figure where both are the same.
    private static func append(_ bounds: EntropyBounds, to output: inout [UInt8]) {
        let least = Decimal.format(bounds.lower, places: 2)
        if let most = bounds.upper.map({ Decimal.format($0, places: 2) }) {
            output += (least == most ? least : "\(least)-\(most)").utf8
        } else {
            output += ">=".utf8
            output += least.utf8
        }
        output += " bits".utf8
    }
}

extension TokenColumn {
    /// Whether a dash stands for what is not known.
    fileprivate var hasMark: Bool {
        switch self {
        case .bar, .flags, .alternatives: false
        default: true
        }
    }
}
