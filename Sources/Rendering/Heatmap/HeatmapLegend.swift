import Logprobs

/// The line that explains the marks of a heatmap.
struct HeatmapLegend {
    private let paint: Paint
    private let width: Int?
    private let hasPrompts: Bool

    init(_ context: RenderContext) {
        paint = Paint(context.color)
        width = context.width
        hasPrompts = !context.echoedPrompts.isEmpty
    }

    /// One line, with its newline.
    var line: String { (paint.hasColor ? colors : brackets) + "\n" }

    private var unknown: String { hasPrompts ? "prompt or unknown" : "unknown" }

    private var colors: String {
        let isNarrow = width.map { $0 < 64 } ?? false
        let steps = Likelihood.allCases.map { paint.heat(" \($0.label) ", $0) }
        return isNarrow ? steps.joined() : "probability" + steps.joined() + " " + paint.dim(unknown)
    }

    private var brackets: String {
        let steps = ["50-100%", "[10-50%]", "[[1-10%]]", "[[[<1%]]]"].enumerated().map { place, step in
            place == 0 ? step : paint.underline(step)
        }
        return "probability: \(steps.joined(separator: " ")) {\(unknown)}"
    }
}
