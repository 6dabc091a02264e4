import API
import Logprobs
import Platform

/// A span of the text as an element that shows, when it is hovered over or focused, how likely its tokens were and what
/// might have stood in their place.
struct PageToken {
    /// Unique in the page.
    let name: String
    private(set) var span: TextSpan
    /// Those of the span's tokens.
    let statistics: [TokenStatistics]
    /// Whether it is where two texts begin to differ.
    var isMarked = false

    /// Of text without tokens, what stands before a byte.
    func before(_ place: Int) -> PageToken { part(..<place) }

    /// And what stands after it.
    func after(_ place: Int) -> PageToken { part(place...) }

    private func part(_ range: some RangeExpression<Int>) -> PageToken {
        var part = self
        part.span.text = Array(span.text[range])
        return part
    }

    /// The element.
    var html: String {
        let text = text
        guard !statistics.isEmpty else { return span.isPrompt ? "<span class=\"q\">\(text)</span>" : text }
        return
            "<span id=\"t\(name)\" class=\"\(style)\(isMarked ? " e" : "")\" tabindex=\"0\" aria-describedby=\"p\(name)\">\(text)"
            + "<span class=\"p\" id=\"p\(name)\" role=\"tooltip\">"
            + statistics.map(details).joined() + "</span></span>"
    }

    private var text: String {
        if span.text.isEmpty { return "<u>\u{2205}</u>" }
        return span.placement == .text
            ? HTMLText.running(span.text) : "<del>\(HTMLText.running(span.text, breaksLines: false))</del>"
    }

    private var style: String {
        if span.isPrompt { return "q" }
        return span.logprob.map { "h\(Likelihood(logprob: $0).rawValue)" } ?? "o"
    }

    private func details(_ token: TokenStatistics) -> String {
        heading(token) + token.alternatives.indices.map { Self.bar(token, $0) }.joined() + Self.missing(token)
    }

    private func heading(_ token: TokenStatistics) -> String {
        let text = Self.label(token)
        let place = span.placement == .outside ? ["not in the text"] : []
        guard let logprob = token.token.logprob else {
            return "<b>\(text)</b> <span>\((["probability unknown"] + place).joined(separator: ", "))</span>"
        }
        var facts = [Decimal.percent(logprob), Decimal.format(token.surprise ?? 0, places: 2) + " bits"] + place
        if let rank = token.rank { facts.append("rank \(rank)") }
        facts += token.flags.map(\.meaning)
        return "<b>\(text)</b> <span>" + HTMLText.plain(facts.joined(separator: ", ")) + ".</span>"
    }

    /// A token's name as HTML: its text, else its ID.
    static func label(_ token: TokenStatistics) -> String {
        token.token.text.map(HTMLText.token) ?? token.token.id.map { "#\($0)" } ?? "(no text)"
    }

    private static func bar(_ token: TokenStatistics, _ place: Int) -> String {
        let alternative = token.alternatives[place]
        let isSampled = place == token.sampledPlace
        let share = alternative.logprob.map { HTMLText.plain(Decimal.percent($0)) } ?? "-"
        return "<i\(isSampled ? " class=\"s\"" : "") style=\"--p:\(width(alternative.logprob))%\">"
            + "\(HTMLText.token(alternative))\(isSampled ? " sampled" : "") <b>\(share)</b></i> "
    }

    private static func missing(_ token: TokenStatistics) -> String {
        guard let mass = token.missingMass, mass > 0 else { return "" }
        return "<i class=\"m\" style=\"--p:\(width(Double.log(mass)))%\">any other <b>"
            + HTMLText.plain(Decimal.percent(Double.log(mass))) + "</b></i>"
    }

    /// A bar's length in percent, one decimal.
    private static func width(_ logprob: Double?) -> String {
        Decimal.format(100 * min(1, Double.exp(logprob ?? -.infinity)), places: 1)
    }
}
