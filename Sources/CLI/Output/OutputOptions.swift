import Platform
import Rendering

/// How a completion is written, and where to: what the commands that write one have in common.
struct OutputOptions {
    var format = Format.all[0]
    /// nil when neither --pretty nor --compact was given.
    var layout: RenderContext.Layout?
    var separator = RenderContext.Separator.heading
    /// Whether text ends with a newline also where it came without.
    var endsLine = false
    /// A table's columns; nil for those that fit.
    var columns: [TokenColumn]?
    var color = ColorChoice.auto
    /// How many tokens the model knows; nil when not given.
    var vocabularySize: Int?
    /// A path; nil for standard output.
    var file: [UInt8]?
    /// Whether a terminal gets the model's control characters as they are.
    var isRaw = false
    /// Whether notes are left out.
    var isQuiet = false
    /// How to report what the completion took; nil for not at all.
    var usage: UsageReport.Form?

    /// What `--columns` can name, and how a heatmap is read.
    static let lists = [
        ("Columns", TokenColumn.allCases.map { (term: $0.rawValue, meaning: $0.meaning) }),
        ("TSV cells", TSVCells.terms),
        ("Heatmap without colors", HeatmapMarks.all),
    ]

    /// The variables that decide on colors.
    static let environment = [
        (
            term: "NO_COLOR, FORCE_COLOR",
            meaning:
                "NO_COLOR, if not empty, turns colors off. FORCE_COLOR sets how many there are, also in a pipe: 0 for none, "
                + "1 for 16, 2 for 256, 3 for 24 bits; it overrides NO_COLOR, and --color overrides both."
        ),
        (term: "TERM, COLORTERM", meaning: "Number of colors of the terminal; none with TERM=dumb."),
    ]

    /// What a renderer may know before the response.
    func context(for output: Output, _ process: ProcessContext) -> RenderContext {
        var context = RenderContext()
        context.vocabularySize = vocabularySize
        context.columns = columns
        context.color = color.support(on: output, process)
        context.isTerminal = output.isTerminal
        context.width = output.columns ?? (output.isTerminal ? 80 : nil)
        context.separator = separator
        context.endsLine = endsLine
        context.isRaw = isRaw
        context.layout = layout ?? (output.isTerminal ? .pretty : .received)
        return context
    }
}

extension ColorChoice {
    /// Which colors an output may have.
    func support(on output: Output, _ process: ProcessContext) -> ColorSupport {
        ColorSupport.detect(
            self, isTerminal: output.isTerminal,
            environment: ColorEnvironment { process.variable($0).map { String(decoding: $0, as: UTF8.self) } })
    }
}

extension TokenColumn {
    /// What it holds, in sentences.
    var meaning: String { details.isEmpty ? "\(summary)." : "\(summary). \(details)" }
}
