import Logprobs

/// What explains the marks of a heatmap.
struct HeatmapLegend {
    /// A piece that no line breaks within.
    private struct Piece {
        /// What stands before it on a line.
        let gap: String
        let text: String
        let style: Paint.Style

        init(_ text: String, _ style: Paint.Style = .plain, gap: String = "") {
            (self.gap, self.text, self.style) = (gap, text, style)
        }
    }

    private let paint: Paint
    private let width: Int?
    private let hasPrompts: Bool

    init(_ context: RenderContext) {
        paint = Paint(context.color)
        width = context.width
        hasPrompts = !context.echoedPrompts.isEmpty
    }

    /// One line, or as many as a narrow terminal needs, each with its newline.
    var text: String {
        var result = ""
        var used = 0
        for piece in paint.hasColor ? colors : brackets {
            let columns = Columns.count(piece.text)
            if used > 0, let width, used + piece.gap.count + columns > width {
                result += "\n"
                used = 0
            }
            let gap = used > 0 ? piece.gap : ""
            result += gap + paint.paint(piece.text, piece.style)
            used += gap.count + columns
        }
        return result + "\n"
    }

    private var unknown: String { hasPrompts ? "prompt or unknown" : "unknown" }

    private var colors: [Piece] {
        let steps = Likelihood.allCases.map { Piece(" \($0.label) ", .heat($0)) }
        return [Piece("probability")] + steps + [Piece(unknown, .dim, gap: " ")]
    }

    private var brackets: [Piece] {
        let steps = ["[10-50%]", "[[1-10%]]", "[[[<1%]]]"].map { Piece($0, .underlined, gap: " ") }
        return [Piece("probability: 50-100%")] + steps + [Piece("{\(unknown)}", gap: " ")]
    }
}
