import Logprobs

/// The line that tells what the marks of a heatmap mean.
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

    private var colors: String {
        let prompt = hasPrompts ? " " + paint.dim("prompt") : ""
        let isNarrow = width.map { $0 < 80 } ?? false
        let steps = Likelihood.allCases.map { paint.heat(isNarrow ? $0.shortLabel : " \($0.label) ", $0) }
        return (isNarrow ? "" : "probability ") + steps.joined() + (isNarrow ? "" : prompt + " unknown")
    }

    private var brackets: String {
        let steps = ["50-100%", "[10-50%]", "[[1-10%]]", "[[[<1%]]]"].enumerated().map { place, step in
            place == 0 ? step : paint.underline(step)
        }
        return "probability: \(steps.joined(separator: " ")) " + (hasPrompts ? "{prompt or unknown}" : "{unknown}")
    }
}
