import API
import Evaluation
import Logprobs
import Platform
import Rendering

extension ReplyComparison {
    /// The comparison for a person to read, each line ended by a newline.
    ///
    /// - Parameters:
    ///   - names: what the responses are called.
    ///   - columns: the terminal's; nil for none, where texts are cut as for one of 80.
    func text(_ names: Pair<[UInt8]>, columns: Int?, color: ColorSupport) -> String {
        var lines = ["a: \(VisibleText.escape(names.a))", "b: \(VisibleText.escape(names.b))"]
        for change in shownChanges { lines.append("\(VisibleText.escape(change.name)): a \(change.a), b \(change.b)") }
        for choice in choices {
            var own = choice.lines(within: columns)
            own[0] = "choice \(choice.index): \(own[0])"
            if let excerpt = choice.excerpt(width: columns ?? 80, color: color) {
                own.insert(contentsOf: excerpt.lines, at: 1)
            }
            lines += own
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The comparison as a page.
    func page(_ names: Pair<[UInt8]>, _ replies: Pair<CompletionChunk>) -> ComparisonPage {
        ComparisonPage(
            .init(name: names.a, replies.a, topCount: topCounts.a),
            .init(name: names.b, replies.b, topCount: topCounts.b),
            choices.map { choice in
                ComparisonPage.Finding(
                    choice.index, lines: choice.lines(within: nil),
                    token: choice.unit == .token ? choice.divergence : nil,
                    offset: choice.textOffset)
            }, changes: shownChanges)
    }

    /// The fields that differ; long values are cut.
    private var shownChanges: [ComparisonPage.Change] {
        changes.map { ($0.name, $0.a.map(Self.shown) ?? "none", $0.b.map(Self.shown) ?? "none") }
    }

    private static func shown(_ value: [UInt8]) -> String {
        let text = VisibleText.escape(value.prefix(400))
        return text.count <= 60 && value.count <= 400 ? text : text.prefix(60) + "\u{2026}"
    }
}

extension ChoiceComparison {
    /// Both texts around the divergence; nil where neither shows it.
    func excerpt(width: Int, color: ColorSupport) -> DivergenceExcerpt? {
        guard let a = sides.a, let b = sides.b, let textOffset else { return nil }
        return DivergenceExcerpt(
            .init(a.text, markedSize: tokenSizes.a), .init(b.text, markedSize: tokenSizes.b), at: textOffset,
            width: width, color: color)
    }

    /// What is to be said of the choice: the first line is whether and where it diverges, the others are indented.
    ///
    /// - Parameter columns: where a list of alternatives ends; nil for no limit.
    func lines(within columns: Int?) -> [String] {
        guard let a = sides.a, let b = sides.b else { return ["only in \(sides.a == nil ? "b" : "a")"] }
        guard let divergence else {
            let same = "identical, \(Self.count(counts.a, unit))" + (driftWords.map { "; \($0)" } ?? "")
            return [same] + (hasSameText ? [] : ["  the texts differ"]) + reasonLines
        }
        // What is before it in the text is shown there.
        let after = textOffset == nil ? before(divergence).map { ", after \($0)" } ?? "" : ""
        let drift = driftWords.map { ["  before: \($0)"] } ?? []
        // Text that is shown is not quoted again, unless it looks like the other.
        let isShown = unit == .character && textOffset != nil && codePoints(of: a) == nil && codePoints(of: b) == nil
        let units =
            isShown
            ? [] : ["  a: \(side(a, weighed.a, other: weighed.b))", "  b: \(side(b, weighed.b, other: weighed.a))"]
        return ["diverges at \(unit == .id ? "token" : unit.rawValue) \(divergence)\(after)"]
            + units + (hasSameText && !a.text.isEmpty ? ["  the texts are the same"] : [])
            + [("a", weighed.a), ("b", weighed.b)].compactMap { Self.ranking($0, $1, within: columns) } + drift
            + reasonLines
    }

    /// What a response has at the divergence: the token with its figures and those of the other response's, or what there is.
    private func side(_ choice: ComparedReply.Choice, _ own: TokenStatistics?, other: TokenStatistics?) -> String {
        guard let divergence else { return "" }
        if unit == .id, let ids = choice.ids, divergence < ids.count { return "#\(ids[divergence])" }
        if unit == .character {
            let rest = CodePoints.read(choice.exactText).dropFirst(divergence).prefix(40)
            if !rest.isEmpty { return Self.quote(CodePoints.bytes(of: rest)) + (codePoints(of: choice) ?? "") }
        }
        guard let own else { return "end" }
        let isAlike = own.token.exactText == other?.token.exactText
        let id = isAlike ? choice.id(ofToken: divergence).map { " #\($0)" } : nil
        var words = [
            Self.quote(own.token.text) + (id ?? "") + (codePoints(of: choice) ?? ""),
            Self.percent(own.token.logprob),
        ]
        if let rank = own.rank { words.append("rank \(rank)") }
        guard !isAlike, let text = other?.token.text else { return words.joined(separator: ", ") }
        let there = own.alternatives.first { $0.text == text[...] }
        return words.joined(separator: ", ")
            + "; \(Self.quote(text)) here: \(there.map { Self.percent($0.logprob) } ?? "-")"
    }

    /// ` (U+0065 U+0301)`: what a response has at the divergence, where that looks like what the other one has; else nil.
    private func codePoints(of choice: ComparedReply.Choice) -> String? {
        guard let a = sides.a.flatMap(spelling), let b = sides.b.flatMap(spelling), LookAlike.isAlike(a, b),
            let own = spelling(of: choice)
        else { return nil }
        return " (\(CodePoints.names(of: own)))"
    }

    /// The code points at the divergence: the token, or the first character with all that combines with it.
    private func spelling(of choice: ComparedReply.Choice) -> [UInt32]? {
        guard let divergence else { return nil }
        if unit == .token {
            return divergence < choice.tokens.count ? choice.tokens[divergence].exactText.map(CodePoints.read) : nil
        }
        let rest = CodePoints.read(choice.exactText).dropFirst(divergence).prefix(32)
        let first = String(decoding: CodePoints.bytes(of: rest), as: UTF8.self).first
        return first.map { Array(rest.prefix($0.unicodeScalars.count)) }
    }

    private static func ranking(_ name: String, _ statistics: TokenStatistics?, within columns: Int?) -> String? {
        guard let statistics, !statistics.alternatives.isEmpty else { return nil }
        let list = statistics.alternatives.prefix(5).enumerated().map { place, alternative in
            (place == statistics.sampledPlace ? "*" : "")
                + "\(TokenText.name(alternative)) \(percent(alternative.logprob))"
        }
        let label = "  \(name) ranked: "
        let whole = label + list.joined(separator: "  ")
        guard let columns, Columns.count(whole) > columns else { return whole }
        // The first is listed in any case.
        let counts = list.indices.dropFirst().prefix { count in
            Columns.count(label + list[...count].joined(separator: "  ")) + 2 <= columns
        }
        return label + list[...(counts.last ?? 0)].joined(separator: "  ") + " \u{2026}"
    }

    /// `2 of 3 log probabilities changed, 0.0012 on average, at most -0.0031 at token 1`; nil without any.
    private var driftWords: String? {
        guard drift.compared > 0 else { return nil }
        let count = drift.compared == 1 ? "1 log probability" : "\(drift.compared) log probabilities"
        guard let greatest = drift.greatest else { return "\(count) unchanged" }
        let sign = greatest.change > 0 ? "+" : ""
        return "\(drift.changed) of \(count) changed, \(Self.number(drift.mean)) on average, "
            + "at most \(sign)\(Self.number(greatest.change)) at token \(greatest.place)"
    }

    private var reasonLines: [String] {
        guard !hasSameReason else { return [] }
        let reasons = [sides.a, sides.b].map { $0?.finishReason.map { VisibleText.escape($0) } ?? "none" }
        return ["  finish reason: a \(reasons[0]), b \(reasons[1])"]
    }

    /// What both have just before a place.
    private func before(_ place: Int) -> String? {
        guard place > 0, let choice = sides.a else { return nil }
        switch unit {
        case .token: return Self.quote(choice.tokens[max(0, place - 3)..<place].flatMap { $0.text ?? [] })
        case .id: return choice.ids.map { "#\($0[place - 1])" }
        case .character:
            return Self.quote(CodePoints.bytes(of: CodePoints.read(choice.exactText).prefix(place).suffix(20)))
        }
    }

    private static func quote(_ text: [UInt8]?) -> String { text.map(TokenText.quote) ?? "-" }

    private static func percent(_ logprob: Double?) -> String { logprob.map { Decimal.percent($0) } ?? "-" }

    private static func count(_ count: Int, _ unit: Unit) -> String {
        let noun = unit == .id ? "token" : unit.rawValue
        return "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    /// Four decimals, or all there are where those would be nothing.
    private static func number(_ value: Double) -> String {
        abs(value) < 0.00005 ? value.description : Decimal.format(value, places: 4)
    }
}
