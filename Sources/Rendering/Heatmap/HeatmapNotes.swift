import Logprobs

/// What is said below a heatmap of tokens that are not where they might be looked for.
struct HeatmapNotes {
    private var outside = 0
    private var unplaced = 0

    /// Takes note of a span.
    mutating func add(_ span: TextSpan) {
        switch span.placement {
        case .text: break
        case .outside: outside += span.text.isEmpty ? 0 : span.tokens.count
        case .unplaced: unplaced += span.tokens.count
        }
    }

    /// Lines, with an empty one before them; empty when there is nothing to be said.
    var text: String {
        var lines: [String] = []
        if outside > 0 {
            lines.append("\(HeatmapMarks.outside.open)token\(HeatmapMarks.outside.close): not in the text")
        }
        if unplaced > 0 {
            let subject = unplaced == 1 ? "1 token has" : "\(unplaced) tokens have"
            lines.append("\(subject) no known place in the text; --format table lists them")
        }
        return lines.isEmpty ? "" : "\n" + lines.map { $0 + "\n" }.joined()
    }
}
