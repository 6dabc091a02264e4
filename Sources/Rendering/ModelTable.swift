public import API
import Platform

/// Models as a table: a line each, and a column for each field that any of them has.
public enum ModelTable {
    private static let columns: [(title: String, isRight: Bool, value: @Sendable (ModelInfo) -> String?)] = [
        ("id", false, { $0.id }),
        ("owner", false, { $0.owner }),
        ("created", false, { $0.created.map(date) }),
        ("context", true, { $0.contextLength }),
        ("output", true, { $0.outputLimit }),
        ("prompt price", true, { $0.promptPrice }),
        ("completion price", true, { $0.completionPrice }),
        ("capabilities", false, { $0.capabilities.isEmpty ? nil : $0.capabilities.joined(separator: ", ") }),
    ]

    /// The table, with `-` for what is missing. Control characters in the server's values are shown as escapes.
    public static func make(_ models: [ModelInfo]) -> String {
        let shown = columns.filter { column in column.title == "id" || models.contains { column.value($0) != nil } }
        let cells = models.map { model in shown.map { VisibleText.spell($0.value(model) ?? "-") } }
        let widths = shown.indices.map { index in
            ([shown[index].title] + cells.map { $0[index] }).map { Columns.count($0) }.max() ?? 0
        }
        let lines = ([shown.map(\.title)] + cells).map { row in
            shown.indices.map { Columns.pad(row[$0], to: widths[$0], alignRight: shown[$0].isRight) }
                .joined(separator: "  ")
        }
        return lines.map { line in String(line.reversed().drop { $0 == " " }.reversed()) + "\n" }.joined()
    }

    /// `2025-08-05`, in Greenwich time; the number itself when it is no sane time.
    private static func date(_ seconds: Int) -> String {
        CalendarDate.text(seconds) ?? String(seconds)
    }
}
