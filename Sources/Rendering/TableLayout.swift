import API

/// The columns of a table of tokens: fixed before the first row, so that rows can be written as they come.
struct TableLayout {
    private static let gap = "  "
    private static let tokenColumns = 16...40
    /// Below this many columns alternatives tell nothing.
    private static let leastForAlternatives = 16

    private let width: Int?
    private let token: Int
    private let hasOffset: Bool
    private let hasAlternatives: Bool

    /// Chooses columns for the terminal's width, or without limit.
    ///
    /// - Parameters:
    ///   - tokens: those that are known already; the token column is made for the widest of them.
    init(_ context: RenderContext, _ tokens: [TokenLogprob]) {
        width = context.isTerminal ? context.width : nil
        let widest = tokens.map { Columns.count($0.text.map(TokenText.quote) ?? "") }.max() ?? 0
        let wanted = min(max(widest, Self.tokenColumns.lowerBound), Self.tokenColumns.upperBound)
        guard let width else {
            (token, hasOffset, hasAlternatives) = (wanted, true, true)
            return
        }
        let share = min(wanted, max(8, width * 7 / 40))
        hasOffset = width >= Self.columns(token: 8, hasOffset: true)
        hasAlternatives = width >= Self.columns(token: share, hasOffset: true) + Self.leastForAlternatives
        token = hasAlternatives ? share : min(wanted, max(4, width - Self.columns(token: 0, hasOffset: hasOffset)))
    }

    /// The heading line.
    var header: String {
        line("pos", "offset", "token", "logprob", "prob", "rank", alternatives: hasAlternatives ? "alternatives" : "")
    }

    /// One token's line.
    func row(_ row: TokenRow) -> String {
        let fixed = line(row.position, row.offset, row.token, row.logprob, row.probability, row.rank, alternatives: "")
        guard hasAlternatives, !row.alternatives.isEmpty else { return fixed }
        let start = Columns.pad(fixed, to: Self.columns(token: token, hasOffset: hasOffset)) + Self.gap
        guard let width else { return start + row.alternatives.joined(separator: Self.gap) }
        return start + Self.fit(row.alternatives, into: width - Columns.count(start))
    }

    /// The columns before the alternatives.
    private static func columns(token: Int, hasOffset: Bool) -> Int {
        4 + (hasOffset ? 8 : 0) + 2 + token + 2 + 9 + 2 + 7 + 2 + 4
    }

    private func line(
        _ position: String, _ offset: String, _ token: String, _ logprob: String, _ probability: String,
        _ rank: String, alternatives: String
    ) -> String {
        let cells = [
            Columns.pad(position, to: 4, alignRight: true),
            hasOffset ? Columns.pad(offset, to: 6, alignRight: true) : nil,
            Columns.pad(width == nil ? token : Columns.fit(token, into: self.token), to: self.token),
            Columns.pad(logprob, to: 9, alignRight: true),
            Columns.pad(probability, to: 7, alignRight: true),
            Columns.pad(rank, to: 4, alignRight: true),
            alternatives.isEmpty ? nil : alternatives,
        ]
        return cells.compactMap(\.self).joined(separator: Self.gap)
    }

    /// As many whole alternatives as fit, with an ellipsis when some do not.
    private static func fit(_ alternatives: [String], into columns: Int) -> String {
        var result = ""
        for (place, alternative) in alternatives.enumerated() {
            let next = result + (place == 0 ? "" : gap) + alternative
            let isLast = place == alternatives.count - 1
            // Two columns are kept for the ellipsis that follows an alternative when more do not fit.
            guard Columns.count(next) <= columns - (isLast ? 0 : 2) else {
                if place > 0 { return result + " \u{2026}" }
                return isLast
                    ? Columns.fit(alternative, into: columns)
                    : Columns.fit(alternative, into: columns - 2) + " \u{2026}"
            }
            result = next
        }
        return result
    }
}
