import API
import Logprobs

/// The lines of a table of tokens: cells side by side, and colored where there is color.
struct TableLines: TokenTable {
    /// On a narrower terminal alternatives have whole percentages, so that more of them fit.
    private static let leastForDecimals = 120

    /// So many alternatives are shown where there is room for the beginnings of their names.
    private static let leastShown = 3
    /// With fewer columns for each than these, only whole ones are shown.
    private static let narrowestAlternative = 10

    private let context: RenderContext
    private let layout: TableLayout
    private let paint: Paint

    init(_ layout: TableLayout, _ context: RenderContext) {
        (self.layout, self.context) = (layout, context)
        paint = Paint(context.color)
    }

    /// The heading line.
    var header: String {
        paint.bold(line { Self.padded($0, $0.heading) }) + "\n"
    }

    /// The part's name.
    func title(_ part: TokenPart) -> String { part.rawValue + "\n" }

    /// One token's line.
    func row(_ entry: TokenEntry) -> String {
        let mark = entry.statistics?.flags.lazy.compactMap(\.mark).first ?? " "
        return line(mark: mark) { cell($0, of: entry) } + "\n"
    }

    /// Each on a line of its own.
    func figures(_ figures: ChoiceStatistics, of part: TokenPart, entries: Int, isWhole: Bool) -> String {
        TableSummary.lines(figures, of: part, entries: entries, isWhole: isWhole, context).map { $0 + "\n" }.joined()
    }

    /// Cells side by side; the mark stands before the token, in the gap.
    private func line(mark: String = " ", _ cell: (TableLayout.Placed) -> String) -> String {
        var result = ""
        for (place, placed) in layout.columns.enumerated() {
            if place > 0 { result += placed.column == .token ? " " + mark : TableLayout.gap }
            result += cell(placed)
        }
        while result.last == " " { result.removeLast() }
        return result
    }

    /// A cell of its column's width. Numbers are never cut; a long one takes more than its width.
    private func cell(_ placed: TableLayout.Placed, of entry: TokenEntry) -> String {
        if placed.column == .alternatives { return alternatives(of: entry, in: placed.width) }
        let text = TableCell.text(placed.column, of: entry, context, bar: placed.width)
        let shown = layout.width == nil || placed.column.isNumber ? text : Columns.fit(text, into: placed.width)
        let likelihood = entry.statistics?.token.logprob.map { Likelihood(logprob: $0) }
        switch (placed.column, likelihood) {
        case (.token, let likelihood?):
            let padding = Self.padded(placed, shown).dropFirst(shown.count)
            return paint.heat(shown, likelihood) + padding
        case (.prob, let likelihood?):
            return paint.heat(Self.padded(placed, shown), likelihood)
        default:
            return Self.padded(placed, shown)
        }
    }

    private static func padded(_ placed: TableLayout.Placed, _ text: String) -> String {
        Columns.pad(text, to: placed.width, alignRight: placed.column.isNumber)
    }

    /// As many alternatives as fit, with an ellipsis when some do not; the sampled one is bold.
    private func alternatives(of entry: TokenEntry, in columns: Int) -> String {
        let places = layout.width.map { $0 < Self.leastForDecimals } ?? false ? 0 : 2
        let all = TableCell.namedAlternatives(of: entry, places: places)
        let fitting = layout.width == nil ? all.map { "\($0.name) \($0.share)" } : Self.fit(all, into: columns)
        let painted = fitting.enumerated().map { place, text in
            place == entry.statistics?.sampledPlace ? paint.bold(text) : text
        }
        return painted.joined(separator: TableLayout.gap) + (fitting.count < all.count ? " \u{2026}" : "")
    }

    /// The first that fit, with two columns left when there are more. Where three would fit but for their names, these are cut
    /// short to the same width.
    private static func fit(_ alternatives: [(name: String, share: String)], into columns: Int) -> [String] {
        let whole = alternatives.map { "\($0.name) \($0.share)" }
        let widths = whole.map { Columns.count($0) }
        var (count, used) = (0, 0)
        while count < whole.count {
            let isLast = count == whole.count - 1
            guard used + widths[count] + (isLast ? 0 : 2) <= columns else { break }
            used += widths[count] + TableLayout.gap.count
            count += 1
        }
        let wanted = min(leastShown, whole.count)
        guard count < wanted else { return Array(whole.prefix(count)) }
        let room = columns - TableLayout.gap.count * (wanted - 1) - (wanted < whole.count ? 2 : 0)
        guard room / wanted >= narrowestAlternative else {
            return count > 0
                ? Array(whole.prefix(count)) : whole.prefix(1).map { Columns.fit($0, into: columns - 2) }
        }
        // What short ones leave over is for the long ones.
        var (shares, left) = (Array(repeating: 0, count: wanted), room)
        let order = (0..<wanted).sorted { (widths[$0], $0) < (widths[$1], $1) }
        for (place, index) in order.enumerated() {
            shares[index] = min(widths[index], left / (wanted - place))
            left -= shares[index]
        }
        return (0..<wanted).map { place in
            let (name, share) = alternatives[place]
            return Columns.fit(name, into: shares[place] - share.utf8.count - 1) + " " + share
        }
    }
}

extension TokenFlag {
    /// The character that marks such a token in a table; nil for what is plain to see or is explained below.
    var mark: String? {
        switch self {
        case .partial: "?"
        case .alike: "="
        case .unlisted: "!"
        case .positive: "+"
        case .null, .short: nil
        }
    }
}
