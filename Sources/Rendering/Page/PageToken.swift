import API
import Logprobs
import Platform

/// What a span is called in a page: it is the span's place among those of its choice's part.
struct PageAnchor {
    /// What keeps its names apart from those of another response's choice in the same page.
    let side: String
    let choice: Int
    let part: TokenPart
    let number: Int

    /// `0-12`, `0-r12` in the reasoning.
    func append(to output: inout [UInt8]) {
        output += side.utf8
        output.append(decimal: choice)
        output += (part == .reasoning ? "-r" : "-").utf8
        output.append(decimal: number)
    }
}

/// A span of the text as an element that shows, when it is hovered over or focused, how likely its tokens were and what
/// might have stood in their place.
struct PageToken {
    /// Unique in the page.
    let anchor: PageAnchor
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

    /// Appends the element.
    func append(to output: inout [UInt8]) {
        guard !statistics.isEmpty else {
            if span.isPrompt { output += "<span class=\"q\">".utf8 }
            appendText(to: &output)
            if span.isPrompt { output += "</span>".utf8 }
            return
        }
        output.append("<span id=\"t")
        anchor.append(to: &output)
        output.append("\" class=\"")
        appendStyle(to: &output)
        if isMarked { output.append(" e") }
        output.append("\" tabindex=\"0\" aria-describedby=\"p")
        anchor.append(to: &output)
        output.append("\">")
        appendText(to: &output)
        output.append("<span class=\"p\" id=\"p")
        anchor.append(to: &output)
        output.append("\" role=\"tooltip\">")
        for token in statistics { appendDetails(token, to: &output) }
        output.append("</span></span>")
    }

    private func appendText(to output: inout [UInt8]) {
        if span.text.isEmpty {
            output += "<u>\u{2205}</u>".utf8
        } else if span.placement == .text {
            HTMLText.append(running: span.text, to: &output)
        } else {
            output.append("<del>")
            HTMLText.append(running: span.text, breaksLines: false, to: &output)
            output.append("</del>")
        }
    }

    private func appendStyle(to output: inout [UInt8]) {
        if span.isPrompt {
            output.append(UInt8(ascii: "q"))
        } else if let logprob = span.logprob {
            output.append(UInt8(ascii: "h"))
            output.append(decimal: Likelihood(logprob: logprob).rawValue)
        } else {
            output.append(UInt8(ascii: "o"))
        }
    }

    private func appendDetails(_ token: TokenStatistics, to output: inout [UInt8]) {
        output.append("<b>")
        Self.append(labelOf: token, to: &output)
        output.append("</b> <span>")
        appendFacts(token, to: &output)
        output.append("</span>")
        for place in token.alternatives.indices { Self.appendBar(token, place, to: &output) }
        Self.appendMissing(token, to: &output)
    }

    private func appendFacts(_ token: TokenStatistics, to output: inout [UInt8]) {
        let place = span.placement == .outside ? ", not in the text" : ""
        guard let logprob = token.token.logprob else {
            output.append("probability unknown")
            output += place.utf8
            return
        }
        let start = output.count
        Decimal.append(percent: logprob, to: &output)
        output.append(", ")
        Decimal.append(token.surprise ?? 0, places: 2, to: &output)
        output.append(" bits")
        output += place.utf8
        if let rank = token.rank {
            output.append(", rank ")
            TableCell.append(rank, to: &output)
        }
        for flag in token.flags {
            output.append(", ")
            output += flag.meaning.utf8
        }
        HTMLText.escapeMarkup(in: &output, from: start)
        output.append(UInt8(ascii: "."))
    }

    /// A token's name as HTML: its text, else its ID.
    static func label(_ token: TokenStatistics) -> String { String(bytes: { append(labelOf: token, to: &$0) }) }

    private static func append(labelOf token: TokenStatistics, to output: inout [UInt8]) {
        if let text = token.token.text {
            HTMLText.append(token: text, to: &output)
        } else if let id = token.token.id {
            TokenText.append(id: id, to: &output)
        } else {
            output.append("(no text)")
        }
    }

    private static func appendBar(_ token: TokenStatistics, _ place: Int, to output: inout [UInt8]) {
        let alternative = token.alternatives[place]
        let isSampled = place == token.sampledPlace
        output += (isSampled ? "<i class=\"s\" style=\"--p:" : "<i style=\"--p:").utf8
        appendWidth(alternative.logprob, to: &output)
        output.append("%\">")
        HTMLText.append(token: alternative, to: &output)
        output += (isSampled ? " sampled <b>" : " <b>").utf8
        let start = output.count
        TableCell.appendShare(of: alternative, to: &output)
        HTMLText.escapeMarkup(in: &output, from: start)
        output.append("</b></i> ")
    }

    private static func appendMissing(_ token: TokenStatistics, to output: inout [UInt8]) {
        guard let mass = token.missingMass, mass > 0 else { return }
        output.append("<i class=\"m\" style=\"--p:")
        appendWidth(Double.log(mass), to: &output)
        output.append("%\">any other <b>")
        let start = output.count
        Decimal.append(percent: Double.log(mass), to: &output)
        HTMLText.escapeMarkup(in: &output, from: start)
        output.append("</b></i>")
    }

    /// A bar's length in percent, one decimal.
    private static func appendWidth(_ logprob: Double?, to output: inout [UInt8]) {
        Decimal.append(100 * min(1, Double.exp(logprob ?? -.infinity)), places: 1, to: &output)
    }
}
