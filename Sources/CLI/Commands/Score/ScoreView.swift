import Evaluation
import JSON
import Platform
import Rendering

/// The scores of continuations, written.
struct ScoreView {
    /// How a column is headed, and what it has of a score: for people, and for programs.
    private struct Column {
        let title: String
        let isRight: Bool
        let cell: (Int) -> String
        let value: (Int) -> String
    }

    private let comparison: ScoreComparison
    private let prompt: ScoreInput
    private let method: ScoreMethod
    private let startToken: [UInt8]?

    /// - Parameter startToken: what the server put before the prompt; nil for nothing.
    init(_ comparison: ScoreComparison, prompt: ScoreInput, method: ScoreMethod, startToken: [UInt8]?) {
        (self.comparison, self.prompt, self.method, self.startToken) = (comparison, prompt, method, startToken)
    }

    /// The scores in the form that the options name.
    func bytes(_ options: ScoreOptions, for output: Output, _ context: ProcessContext) -> [UInt8] {
        switch options.format?.name {
        case Format.json.name: json(options.output, for: output, context)
        case Format.tsv.name: Array(tsv.utf8)
        case Format.markdown.name: Array(markdown.utf8)
        default: Array((table(fitting: output.columns, deciding: options.normalization) + footer).utf8)
        }
    }

    private func json(_ options: OutputOptions, for output: Output, _ context: ProcessContext) -> [UInt8] {
        let value = comparison.json(prompt: prompt, method: method.rawValue, startToken: startToken)
        return JSONDocument.bytes(of: value, options, for: output, context)
    }

    /// Columns that line up, the likeliest by each unit marked.
    ///
    /// - Parameters:
    ///   - width: that of a terminal, which no line exceeds as long as columns are left that say less; nil for no limit.
    ///   - unit: what decides, whose column stays.
    func table(fitting width: Int?, deciding unit: Normalization) -> String {
        var columns = columns
        var lines = lines(of: columns)
        for title in ["perplexity", "byte", "char", "token", "sum", "tokens"] where title != unit.rawValue {
            guard let width, lines.contains(where: { Columns.count($0) > width }) else { break }
            columns.removeAll { $0.title == title }
            lines = self.lines(of: columns)
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// A line that says by which unit the shares are, and how far the winner is ahead; nothing where there is nothing to compare.
    private var footer: String {
        guard comparison.scores.count > 1 else { return "" }
        let unit = comparison.normalization
        var parts: [String] = []
        if comparison.shares != nil { parts.append("share by \(unit.rawValue)") }
        if let margin = comparison.margin {
            let isBound = comparison.isMarginOpen
            parts.append(
                "margin \(isBound ? "at least " : "")\(Decimal.format(margin, places: 4)) nats"
                    + (unit == .sum ? "" : " per \(unit.rawValue)"))
        }
        return parts.isEmpty ? "" : parts.joined(separator: ", ") + "\n"
    }

    private func lines(of columns: [Column]) -> [String] {
        let rows = [columns.map(\.title)] + comparison.scores.indices.map { index in columns.map { $0.cell(index) } }
        let widths = columns.indices.map { place in rows.map { Columns.count($0[place]) }.max() ?? 0 }
        return rows.map { row in
            let cells = columns.indices.map { place in
                Columns.pad(row[place], to: widths[place], alignRight: columns[place].isRight)
            }
            return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
        }
    }

    /// What Markdown would read as more than text in a figure or a mark.
    private static let escapes: [Character: String] = ["*": "\\*", "<": "&lt;", ">": "&gt;"]

    private var markdown: String {
        let columns = columns
        let rule = columns.map { $0.isRight ? "---:" : "---" }
        let rows = comparison.scores.indices.map { index in
            MarkdownText.row(
                columns.map { column in
                    let cell = column.cell(index)
                    guard column.isRight else { return MarkdownText.code(cell) }
                    return cell.filter { $0 != " " }.map { Self.escapes[$0] ?? String($0) }.joined()
                })
        }
        return MarkdownText.row(columns.map(\.title)) + MarkdownText.row(rule) + rows.joined()
    }

    private var tsv: String {
        let columns = columns.filter { $0.title != "probability" } + marks
        let rows = comparison.scores.indices.map { index in columns.map { $0.value(index) } }
        return ([columns.map(\.title)] + rows).map { $0.joined(separator: "\t") + "\n" }.joined()
    }

    private var columns: [Column] {
        let scores = comparison.scores
        let shares = comparison.shares
        let units = Normalization.allCases.map { unit in
            let winner = comparison.winner(by: unit)
            return Column(title: unit.rawValue, isRight: true) { index in
                let value = scores[index].value(unit).map { Decimal.format($0, places: 4) } ?? "-"
                return (scores[index].isBound ? "<" : "") + value + (winner == index ? "*" : " ")
            } value: { index in
                scores[index].value(unit).map(\.description) ?? ""
            }
        }
        return [
            Column(title: "continuation", isRight: false) {
                TokenText.quote(scores[$0].continuation.name)
            } value: {
                TSVText.escape(scores[$0].continuation.name)
            },
            Column(title: "tokens", isRight: true) {
                String(scores[$0].tokens)
            } value: {
                String(scores[$0].tokens)
            },
        ] + units + [
            Column(title: "perplexity", isRight: true) { index in
                let value = scores[index].perplexity.map { Decimal.format($0, places: 2) } ?? "-"
                return (scores[index].isBound ? ">" : "") + value
            } value: { index in
                scores[index].perplexity.map(\.description) ?? ""
            },
            Column(title: "probability", isRight: true) { index in
                let percent = Decimal.percent(scores[index].logprob)
                return (scores[index].isBound && !percent.hasPrefix("<") ? "<" : "") + percent
            } value: { _ in
                ""
            },
            Column(title: "share", isRight: true) { index in
                shares.map { Decimal.percent(Double.log($0[index])) } ?? "-"
            } value: { index in
                shares.map { $0[index].description } ?? ""
            },
        ]
    }

    /// What a table for programs has beside the numbers.
    private var marks: [Column] {
        let scores = comparison.scores
        func column(_ title: String, _ value: @escaping (Int) -> String) -> Column {
            Column(title: title, isRight: true, cell: value, value: value)
        }
        return [
            column("chars") { String(scores[$0].chars) }, column("bytes") { String(scores[$0].bytes) },
            column("straddles") { String(scores[$0].straddles) }, column("is_bound") { String(scores[$0].isBound) },
            column("wins") { index in
                Normalization.allCases.filter { comparison.winner(by: $0) == index }.map(\.rawValue).joined(
                    separator: ",")
            },
        ]
    }
}

extension JSONDocument {
    /// A value as JSON with a newline: on several lines at a terminal, or as the options say.
    static func bytes(
        of value: JSONValue, _ options: OutputOptions, for output: Output, _ context: ProcessContext
    ) -> [UInt8] {
        let bytes = value.jsonBytes
        let isPretty = options.layout.map { $0 == .pretty } ?? output.isTerminal
        guard isPretty, let root = (try? JSONDocument(parsing: bytes))?.root else {
            return (output.isTerminal ? TerminalDocument.lines(bytes) : bytes) + [UInt8(ascii: "\n")]
        }
        guard output.isTerminal else { return root.prettyBytes + [UInt8(ascii: "\n")] }
        return TerminalDocument.bytes(of: root, color: options.color.support(on: output, context)) + [
            UInt8(ascii: "\n")
        ]
    }
}
