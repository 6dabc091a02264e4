import API
import Logprobs

/// The figures that end a choice's table.
enum TableSummary {
    /// Lines of a name and its value.
    ///
    /// - Parameters:
    ///   - part: the finish reason is shown for the text.
    ///   - entries: how many rows the part has.
    ///   - isWhole: whether nothing more was to come; false when the response was truncated.
    static func lines(
        _ figures: ChoiceStatistics, of part: TokenPart, entries: Int, isWhole: Bool, _ context: RenderContext
    ) -> [String] {
        var lines = figures.tokens > 0 ? numbers(figures) : unweighed(entries, context)
        if part == .text {
            let reason = figures.finishReason.map(quoted) ?? (isWhole ? "none" : "none: cut short")
            lines.append(line("finish reason", reason))
        }
        if let shortest = figures.shortest, let asked = context.topCount {
            lines.append(line("fewest listed", "\(shortest) of \(asked) requested"))
            lines.append(line("", "fewer at \(count(figures.shortLists, "token"))"))
        }
        for (flag, number) in [
            (TokenFlag.partial, figures.partials), (.alike, figures.repeats), (.unlisted, figures.unlisted),
            (.positive, figures.positives),
        ] where number > 0 {
            lines.append("\(flag.mark ?? "")  \(flag.meaning): \(count(number, "token"))")
        }
        guard context.isTerminal, let width = context.width else { return lines }
        return lines.map { Columns.fit($0, into: width) }
    }

    private static func numbers(_ figures: ChoiceStatistics) -> [String] {
        let nulls = figures.nulls > 0 ? ", \(figures.nulls) of them null" : ""
        var lines = [line("tokens", "\(figures.tokens)\(nulls)")]
        guard let mean = figures.meanLogprob, let perplexity = figures.perplexity, let least = figures.leastLikely
        else { return lines }
        let total = Decimal.format(figures.totalLogprob, places: 4)
        lines.append(line("logprob", "\(total), mean \(Decimal.format(mean, places: 4))"))
        lines.append(line("perplexity", Decimal.format(perplexity, places: 4)))
        let text = least.token.text.map(TokenText.quote) ?? "-"
        lines.append(line("least likely", "\(Decimal.percent(least.logprob)) \(text)"))
        let offset = least.token.offset.map { "offset \($0)" } ?? "character \(least.characterOffset)"
        lines.append(line("", "at position \(least.position), \(offset)"))
        return lines
    }

    private static func unweighed(_ entries: Int, _ context: RenderContext) -> [String] {
        var lines = ["no log probabilities came"]
        if context.showsTokenIDs { lines.insert(line("tokens", "\(entries)"), at: 0) }
        return lines
    }

    private static func line(_ name: String, _ value: String) -> String {
        Columns.pad(name, to: 15) + value
    }

    /// A server's value, which may be anything: as it is when it is plain, else in quotes and escaped.
    static func quoted(_ reason: String) -> String {
        let plain = reason.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || $0 == "_" }
        return plain ? reason : TokenText.quote(Array(reason.utf8))
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
