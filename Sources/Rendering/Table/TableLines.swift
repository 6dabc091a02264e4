import API
import Logprobs
import Platform

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
    /// A cell, while it is made.
    private var cell: [UInt8] = []

    init(_ layout: TableLayout, _ context: RenderContext) {
        (self.layout, self.context) = (layout, context)
        paint = Paint(context.color)
    }

    /// The heading line.
    var header: String {
        var line = layout.columns.map { Columns.pad($0.heading, to: $0.width, alignRight: $0.column.isNumber) }
            .joined(separator: TableLayout.gap)
        while line.last == " " { line.removeLast() }
        return paint.bold(line) + "\n"
    }

    /// The part's name.
    func title(_ part: TokenPart) -> String { part.rawValue + "\n" }

    /// One token's line.
    mutating func appendRow(_ entry: TokenEntry, to output: inout [UInt8]) {
        let start = output.count
        for (place, placed) in layout.columns.enumerated() {
            if place > 0 { appendGap(before: placed.column, of: entry, to: &output) }
            if placed.column == .alternatives {
                appendAlternatives(of: entry, in: placed.width, to: &output)
            } else {
                appendCell(placed, of: entry, to: &output)
            }
        }
        while output.count > start, output.last == UInt8(ascii: " ") { output.removeLast() }
        output.append(UInt8(ascii: "\n"))
    }

    /// Each on a line of its own.
    func figures(_ figures: ChoiceStatistics, of part: TokenPart, entries: Int, isWhole: Bool) -> String {
        TableSummary.lines(figures, of: part, entries: entries, isWhole: isWhole, context).map { $0 + "\n" }.joined()
    }

    /// What stands between two cells; before the token, the mark of what is odd of it.
    private func appendGap(before column: TokenColumn, of entry: TokenEntry, to output: inout [UInt8]) {
        let mark = column == .token ? entry.statistics?.flags.lazy.compactMap(\.mark).first : nil
        guard let mark else {
            output += TableLayout.gap.utf8
            return
        }
        output.append(UInt8(ascii: " "))
        output += mark.utf8
    }

    /// A cell of its column's width. Numbers are never cut; a long one takes more than its width.
    private mutating func appendCell(_ placed: TableLayout.Placed, of entry: TokenEntry, to output: inout [UInt8]) {
        cell.removeAll(keepingCapacity: true)
        TableCell.append(
            placed.column, of: entry, choicesPerPrompt: context.choicesPerPrompt, bar: placed.width, to: &cell)
        var columns = Columns.count(cell)
        if layout.width != nil, !placed.column.isNumber, columns > placed.width {
            cell = Array(Columns.fit(String(decoding: cell, as: UTF8.self), into: placed.width).utf8)
            columns = Columns.count(cell)
        }
        let padding = placed.width - columns
        switch placed.column {
        case .token:
            paint.append(cell, Self.heat(entry), to: &output)
            output.append(UInt8(ascii: " "), times: padding)
        case .prob:
            cell.insert(contentsOf: repeatElement(UInt8(ascii: " "), count: max(0, padding)), at: 0)
            paint.append(cell, Self.heat(entry), to: &output)
        default:
            if placed.column.isNumber { output.append(UInt8(ascii: " "), times: padding) }
            output += cell
            if !placed.column.isNumber { output.append(UInt8(ascii: " "), times: padding) }
        }
    }

    private static func heat(_ entry: TokenEntry) -> Paint.Style {
        entry.statistics?.token.logprob.map { .heat(Likelihood(logprob: $0)) } ?? .plain
    }

    /// As many alternatives as fit, with an ellipsis when some do not; the sampled one is bold.
    private func appendAlternatives(of entry: TokenEntry, in columns: Int, to output: inout [UInt8]) {
        guard let statistics = entry.statistics else { return }
        guard let width = layout.width else {
            for place in statistics.alternatives.indices {
                if place > 0 { output += TableLayout.gap.utf8 }
                let isSampled = place == statistics.sampledPlace
                if isSampled { output += paint.opening(of: .bold) ?? [] }
                TableCell.append(alternative: place, of: statistics, to: &output)
                if isSampled, paint.opening(of: .bold) != nil { output += Paint.closing }
            }
            return
        }
        let all = TableCell.namedAlternatives(of: entry, places: width < Self.leastForDecimals ? 0 : 2)
        let fitting = Self.fit(all, into: columns)
        let painted = fitting.enumerated().map { place, text in
            place == statistics.sampledPlace ? paint.bold(text) : text
        }
        output += painted.joined(separator: TableLayout.gap).utf8
        if fitting.count < all.count { output += " \u{2026}".utf8 }
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
