import API
import Logprobs

/// The lines of a table of tokens: cells side by side, and colored where there is color.
struct TableLines: TokenTable {
    /// On a narrower terminal alternatives have whole percentages, so that more of them fit.
    private static let leastForDecimals = 120

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

    /// As many whole alternatives as fit, with an ellipsis when some do not; the sampled one is bold.
    private func alternatives(of entry: TokenEntry, in columns: Int) -> String {
        let places = layout.width.map { $0 < Self.leastForDecimals } ?? false ? 0 : 2
        let all = TableCell.alternatives(of: entry, places: places)
        let fitting = layout.width == nil ? all : Self.fit(all, into: columns)
        let painted = fitting.enumerated().map { place, text in
            place == entry.statistics?.sampledPlace ? paint.bold(text) : text
        }
        return painted.joined(separator: TableLayout.gap) + (fitting.count < all.count ? " \u{2026}" : "")
    }

    /// The first that fit, with two columns left when there are more; of the very first, as much as fits.
    private static func fit(_ alternatives: [String], into columns: Int) -> [String] {
        var result: [String] = []
        var used = 0
        for (place, alternative) in alternatives.enumerated() {
            let room = columns - used - (place == alternatives.count - 1 ? 0 : 2)
            let width = Columns.count(alternative)
            guard width <= room else { return result.isEmpty ? [Columns.fit(alternative, into: room)] : result }
            result.append(alternative)
            used += width + TableLayout.gap.count
        }
        return result
    }
}

extension TokenFlag {
    /// The character that marks such a token in a table; nil for what is plain to see or is told below.
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
