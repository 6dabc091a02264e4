import API
import Logprobs

/// The columns of a table of tokens: fixed before the first row, so that rows can be written as they come.
struct TableLayout {
    /// A column and how wide it is.
    struct Placed {
        let column: TokenColumn
        var width: Int

        /// The heading of the column.
        var heading: String {
            switch column {
            case .position: "pos"
            case .bar: ""
            default: column.rawValue
            }
        }
    }

    /// What stands between two columns.
    static let gap = "  "
    private static let tokenColumns = 16...40
    /// With fewer columns than these, alternatives are left out for a bar of the probability.
    private static let leastForAlternatives = 24
    /// How many columns alternatives have before anything else is added: enough for three of most.
    private static let enoughForAlternatives = 43
    /// In the order in which they stand.
    private static let order: [TokenColumn] = [
        .position, .offset, .id, .token, .logprob, .prob, .bar, .rank, .margin, .entropy, .missing, .alternatives,
    ]
    private static let essential: [TokenColumn] = [.position, .token, .prob, .rank]
    /// The first that go where not even those have room, with the token's column at its narrowest.
    private static let dispensable: [TokenColumn] = [.rank, .position]
    private static let narrowestToken = 5
    /// What is added while there is room, the most important first.
    private static let optional: [TokenColumn] = [
        .alternatives, .bar, .logprob, .entropy, .offset, .margin, .missing, .id,
    ]

    /// The terminal's columns; nil for no limit.
    let width: Int?
    /// In the order in which they stand.
    private(set) var columns: [Placed]

    /// Chooses columns for the terminal's width, or without limit.
    ///
    /// - Parameters:
    ///   - entries: those that are known already; the token's column is made for the widest of them.
    init(_ context: RenderContext, _ entries: [TokenEntry]) {
        width = context.isTerminal ? context.width : nil
        let widest =
            entries.map {
                Columns.count(TableCell.text(.token, of: $0, choicesPerPrompt: context.choicesPerPrompt, bar: 0))
            }.max() ?? 0
        let wanted = min(max(widest, Self.tokenColumns.lowerBound), Self.tokenColumns.upperBound)
        let share = width.map { min(wanted, max(8, $0 * 7 / 40)) } ?? wanted
        let widths = Widths(
            token: share, bar: width.map { $0 < 100 ? 6 : 8 } ?? 8, hasUpperBound: context.vocabularySize != nil)
        let empty = Self.empty(entries, isTerminal: width != nil)
        let chosen = context.columns ?? Self.choose(for: width, widths, without: empty)
        // What is of any length can only stand last.
        let inOrder = chosen.filter { $0 != .alternatives } + chosen.filter { $0 == .alternatives }
        columns = inOrder.map { Placed(column: $0, width: widths[$0]) }
        if let width { fit(into: width, wantedToken: wanted) }
    }

    /// Columns that would hold nothing, as far as is known. Without a terminal offsets have theirs in any case.
    private static func empty(_ entries: [TokenEntry], isTerminal: Bool) -> Set<TokenColumn> {
        var empty: Set<TokenColumn> = entries.contains { $0.id != nil } ? [] : [.id]
        if isTerminal, !entries.isEmpty, entries.allSatisfy({ $0.statistics?.token.offset == nil }) {
            empty.insert(.offset)
        }
        return empty
    }

    private static func choose(for width: Int?, _ widths: Widths, without empty: Set<TokenColumn>) -> [TokenColumn] {
        var chosen = essential
        for column in dispensable {
            let least = chosen.reduce(narrowestToken - widths.token) { $0 + widths[$1] + gap.count } - gap.count
            if let width, least > width { chosen.removeAll { $0 == column } }
        }
        for column in optional where !empty.contains(column) {
            guard let width else {
                chosen.append(column)
                continue
            }
            let total = (chosen + [column]).reduce(0) { $0 + widths[$1] + gap.count } - gap.count
            let hasAlternatives = chosen.contains(.alternatives)
            // Where they have no room, all but the bar would only make way for them on a wider terminal.
            guard hasAlternatives || column == .alternatives || column == .bar else { continue }
            let more = hasAlternatives ? enoughForAlternatives - leastForAlternatives : 0
            if total + more <= width { chosen.append(column) }
        }
        return order.filter(chosen.contains)
    }

    /// Gives what is left to the alternatives, or to the token when there are none, and takes what is missing from them.
    private mutating func fit(into width: Int, wantedToken: Int) {
        var left = width - columns.reduce(0) { $0 + $1.width + Self.gap.count } + Self.gap.count
        if let place = columns.firstIndex(where: { $0.column == .alternatives }) {
            let taken = max(left, Self.leastForAlternatives / 2 - columns[place].width)
            columns[place].width += taken
            left -= taken
        }
        if let place = columns.firstIndex(where: { $0.column == .token }) {
            columns[place].width = max(Self.narrowestToken, min(wantedToken, columns[place].width + left))
        }
    }

    /// How wide each column is when there is room enough.
    private struct Widths {
        let token: Int
        let bar: Int
        let hasUpperBound: Bool

        subscript(_ column: TokenColumn) -> Int {
            switch column {
            case .prompt, .choice, .offset, .surprise: 6
            case .position, .rank: 4
            case .part: 9
            case .id, .prob, .margin, .missing: 7
            case .token: token
            case .logprob: 9
            case .bar: bar
            case .total, .perplexity: 10
            case .entropy: hasUpperBound ? 14 : 11
            case .flags: 14
            case .alternatives: leastForAlternatives
            }
        }
    }
}
