import API
import Logprobs
import Platform

/// One choice of a page, gathered as it comes.
struct PageChoice {
    /// A token that the model found unlikely.
    private struct Hesitation {
        let anchor: PageAnchor
        let position: Int
        let token: TokenStatistics
        let logprob: Double
    }

    /// How many of the tokens that were less likely than not are listed.
    private static let mostHesitations = 10

    /// The choice's number.
    let index: Int
    private let context: RenderContext
    /// What keeps its names apart from those of another response's choice in the same page.
    private let side: String
    /// Where it begins to differ from another; nil when it is not compared.
    private let mark: PageMark?
    private var reader = SpanReader()
    private var joiner = SurrogateJoiner()
    private var prompt: PromptMarker
    private var statistics = ChoiceStatistics()
    /// Of the tokens of the text, in bits; NaN where it is not known.
    private var surprises: [Double] = []
    private var hesitations: [Hesitation] = []
    private var text = SpanArchive()
    private var reasoning = ReasoningReader()
    private var reasoningStatistics = ChoiceStatistics()
    private var reasoningText = SpanArchive()
    private var hasOutside = false
    /// The rows of tokens without a place in the text.
    private var unplaced = ""
    /// How many tokens are known by nothing but their IDs.
    private var tokenIDs = 0
    private var isWhole = false

    /// - Parameters:
    ///   - side: which of two responses it is of; empty for the only one.
    init(_ index: Int, _ context: RenderContext, side: String = "", mark: PageMark? = nil) {
        (self.index, self.context, self.side, self.mark) = (index, context, side, mark)
        prompt = PromptMarker(context.echoedPrompts[index])
    }

    /// Whether the log probability of any of its tokens is known.
    var isWeighed: Bool { [statistics, reasoningStatistics].contains { $0.tokens > $0.nulls } }

    /// Takes what a chunk says of the choice.
    mutating func add(_ choice: ChoiceDelta) {
        if context.showsTokenIDs, choice.tokens.isEmpty { tokenIDs += choice.tokenIDs?.count ?? 0 }
        writeReasoning(reasoning.read(choice.reasoningTokens))
        statistics.end(choice.finishReason)
        write(reader.read(choice, &joiner, showsTokenIDs: context.showsTokenIDs))
    }

    /// Takes what has waited for more.
    ///
    /// - Parameter isWhole: whether the response is complete, so that a missing finish reason is none.
    mutating func finish(isWhole: Bool) {
        self.isWhole = isWhole
        writeReasoning(reasoning.finish())
        write(reader.read(nil, [], isLast: true))
    }

    private mutating func write(_ spans: [TextSpan]) {
        for span in prompt.mark(spans) {
            let anchor = anchor(.text, surprises.count)
            let tokens = weigh(span)
            for token in tokens {
                statistics.add(token)
                if !span.isPrompt { note(token, anchor) }
                surprises.append(token.surprise ?? .nan)
                if span.placement == .unplaced { unplaced += row(token, anchor, surprises.count - 1, isTarget: true) }
            }
            guard span.placement != .unplaced else { continue }
            hasOutside = hasOutside || span.placement == .outside && !span.text.isEmpty
            text.add(span, tokens, number: anchor.number)
        }
    }

    private mutating func writeReasoning(_ spans: [TextSpan]) {
        for span in spans {
            let tokens = weigh(span)
            reasoningText.add(span, tokens, number: reasoningStatistics.tokens)
            for token in tokens { reasoningStatistics.add(token) }
        }
    }

    private func anchor(_ part: TokenPart, _ number: Int) -> PageAnchor {
        PageAnchor(side: side, choice: index, part: part, number: number)
    }

    private func weigh(_ span: TextSpan) -> [TokenStatistics] {
        span.tokens.map {
            TokenStatistics($0, topCount: context.topCount, vocabularySize: context.vocabularySize)
        }
    }

    /// Keeps the least likely, the earlier of equals.
    private mutating func note(_ token: TokenStatistics, _ anchor: PageAnchor) {
        guard let logprob = token.token.logprob, Likelihood(logprob: logprob) > .likely else { return }
        let place = hesitations.firstIndex { logprob < $0.logprob } ?? hesitations.count
        guard place < Self.mostHesitations else { return }
        let hesitation = Hesitation(anchor: anchor, position: surprises.count, token: token, logprob: logprob)
        hesitations.insert(hesitation, at: place)
        if hesitations.count > Self.mostHesitations { hesitations.removeLast() }
    }

    private var title: String {
        let prompt = context.promptText(ofChoice: index).map { ": <q>\(HTMLText.plain($0))</q>" } ?? ""
        return HTMLText.plain(context.title(ofChoice: index)) + prompt
    }

    /// The greatest surprisal of a token of the text, in bits; nil when none is known.
    var mostSurprise: Double? { surprises.lazy.filter(\.isFinite).max() }

    /// How many tokens the text has.
    var tokenCount: Int { surprises.count }

    /// Appends the choice's text as a section of the page, and forgets it.
    ///
    /// - Parameters:
    ///   - top: the bits at the top of the picture's axis.
    ///   - next: what comes after the section, for those who skip its tokens.
    ///   - flush: as of ``Renderer``.
    /// - Returns: whether more is wanted.
    mutating func writeText(top: Int, next: String, to output: inout [UInt8], flush: OutputFlush) -> Bool {
        output +=
            """
            <section aria-labelledby="c\(index)">
            <h2 id="c\(index)" tabindex="-1">\(title)</h2>

            """.utf8
        let isWanted = writeContent(top: top, length: surprises.count, next: next, to: &output, flush: flush)
        output += "</section>\n".utf8
        return isWanted
    }

    /// The picture and the text, which are kept.
    ///
    /// - Parameters:
    ///   - length: the tokens along the picture's axis.
    func content(top: Int, length: Int, next: String) -> String {
        String(bytes: { output in
            var copy = self
            _ = copy.writeContent(top: top, length: length, next: next, to: &output) { _ in true }
        })
    }

    private mutating func writeContent(
        top: Int, length: Int, next: String, to output: inout [UInt8], flush: OutputFlush
    ) -> Bool {
        let spans = (reasoning: reasoningText, text: text)
        output +=
            """
            \(Sparkline(surprises: surprises, top: top, length: length).html)\
            <p class="skip"><a href="#\(next)">Skip the tokens of choice \(index)\(side.isEmpty ? "" : " in \(side)")</a></p>

            """.utf8
        let count = surprises.count
        (reasoningText, text, surprises) = (SpanArchive(), SpanArchive(), [])
        if reasoningStatistics.tokens > 0 {
            output += "<h3>Reasoning of choice \(index)</h3>\n".utf8
            guard write(spans.reasoning, .reasoning, nil, count, to: &output, flush: flush) else { return false }
            output += "<h3>Text of choice \(index)</h3>\n".utf8
        }
        guard write(spans.text, .text, mark, count, to: &output, flush: flush) else { return false }
        if hasOutside { output += "<p>Crossed out: tokens that are not in the text.</p>\n".utf8 }
        return true
    }

    /// Appends a part's spans with the mark, if it has one; false when no more is wanted.
    ///
    /// - Parameter count: how many tokens the part has.
    private func write(
        _ spans: consuming SpanArchive, _ part: TokenPart, _ mark: PageMark?, _ count: Int, to output: inout [UInt8],
        flush: OutputFlush
    ) -> Bool {
        var (mark, size) = (mark, 0)
        output.append("<div class=\"text\" lang=\"\" dir=\"auto\">")
        let isWanted = spans.drain { span, number in
            var token = PageToken(anchor: anchor(part, number), span: span, statistics: weigh(span))
            if let sign = mark, let place = sign.place(in: span, token: number, offset: size) {
                // Text without tokens is split where the mark stands.
                if place > 0 { token.before(place).append(to: &output) }
                output += sign.html(side, index).utf8
                if place > 0 { token = token.after(place) } else { token.isMarked = true }
                mark = nil
            }
            token.append(to: &output)
            if span.placement == .text { size += span.text.count }
            return output.flushIfLarge(flush)
        }
        if let mark, mark.isEnd(token: count, offset: size) { output += mark.html(side, index).utf8 }
        output.append("</div>\n")
        return isWanted
    }

    /// What its tokens say together, below the texts.
    var summary: String {
        """
        <h3>\(title)</h3>
        \(PageTable(rows: facts).html)\(hesitationTable)\(unplacedTable)
        """
    }

    /// Names and values, HTML.
    var facts: [(String, String)] {
        let noReason = isWhole ? "none" : "none: cut short"
        var rows = [("Finish reason", statistics.finishReason.map { HTMLText.plain($0) } ?? noReason)]
        if statistics.tokens > 0 || tokenIDs > 0 { rows.append(("Tokens", "\(max(statistics.tokens, tokenIDs))")) }
        if statistics.tokens == 0 { rows.append(("Log probabilities", "none came")) }
        if let mean = statistics.meanLogprob, let perplexity = statistics.perplexity {
            rows.append(("Total log probability", Decimal.format(statistics.totalLogprob, places: 4)))
            rows.append(("Mean log probability", Decimal.format(mean, places: 4)))
            rows.append(("Perplexity", Decimal.format(perplexity, places: 3)))
        }
        if let least = statistics.leastLikely {
            let text = least.token.text.map(HTMLText.token) ?? least.token.id.map { "#\($0)" } ?? "-"
            rows.append(("Least likely token", "\(text) at \(least.position), " + percent(least.logprob)))
        }
        if reasoningStatistics.tokens > 0 { rows.append(("Tokens of the reasoning", "\(reasoningStatistics.tokens)")) }
        if let perplexity = reasoningStatistics.perplexity {
            rows.append(("Perplexity of the reasoning", Decimal.format(perplexity, places: 3)))
        }
        let notes = [
            ("Without log probability", statistics.nulls), ("Parts of a character", statistics.partials),
            ("With alternatives that look alike", statistics.repeats),
            ("Not among their alternatives", statistics.unlisted),
            ("With a log probability above 0", statistics.positives),
            ("With fewer alternatives than requested", statistics.shortLists),
        ]
        return rows + notes.filter { $0.1 > 0 }.map { ($0.0, "\($0.1)") }
    }

    private var hesitationTable: String {
        let rows = hesitations.map { row($0.token, $0.anchor, $0.position, isTarget: false) }
        return table("The least likely tokens of choice \(index)", rows.joined())
    }

    private var unplacedTable: String {
        table("Tokens of choice \(index) without a known place in the text", unplaced)
    }

    /// A table of tokens; nothing when it has no rows.
    private func table(_ caption: String, _ rows: String) -> String {
        guard !rows.isEmpty else { return "" }
        return """
            <table class="wide"><caption>\(caption)</caption>
            <thead><tr><th scope="col">At</th><th scope="col">Token</th><th scope="col">Probability</th>\
            <th scope="col">Rank</th><th scope="col">Likeliest</th></tr></thead>
            <tbody>
            \(rows)</tbody></table>

            """
    }

    /// A token's row, which is what links to the token lead to, or has such a link.
    private func row(_ token: TokenStatistics, _ anchor: PageAnchor, _ position: Int, isTarget: Bool) -> String {
        let name = String(bytes: { anchor.append(to: &$0) })
        let likeliest = token.alternatives.first.map { HTMLText.token($0) + " " + percent($0.logprob) } ?? "-"
        let label = PageToken.label(token)
        let head =
            isTarget
            ? "<th scope=\"row\" id=\"t\(name)\">\(label)</th>"
            : "<th scope=\"row\"><a href=\"#t\(name)\">\(label)</a></th>"
        return "<tr><td>\(position)</td>\(head)<td>\(percent(token.token.logprob))</td>"
            + "<td>\(HTMLText.plain(token.rank.map(\.description) ?? "-"))</td><td>\(likeliest)</td></tr>\n"
    }

    private func percent(_ logprob: Double?) -> String { logprob.map { HTMLText.plain(Decimal.percent($0)) } ?? "-" }
}
