import API

extension Format {
    /// The text, coloured.
    public static let heatmap = Format(
        name: "heatmap", summary: "the completion as running text, coloured by how likely each token was",
        impliedLogprobs: 0, streamsToTerminal: true, tellsErrorsAsJSON: false
    ) { HeatmapRenderer($0) }
}

/// Writes the completion as it comes, each token on the colour of its probability.
struct HeatmapRenderer: Renderer {
    /// What is known of one choice so far.
    private struct Progress {
        var spans = SpanReader()
        var prompt: PromptMarker
        var joiner = SurrogateJoiner()
        var isInBraces = false
    }

    private let context: RenderContext
    private let style: HeatmapStyle
    private var sections: ChoiceSections
    private var choices: [Int: Progress] = [:]
    private var hasLegend: Bool

    init(_ context: RenderContext) {
        self.context = context
        style = HeatmapStyle(context.color)
        sections = ChoiceSections(context)
        // Where a program takes the choices apart, a legend would be a part of the first.
        hasLegend = context.separator != .heading
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        sections.begin(chunk)
        for choice in chunk.choices {
            var progress = choices[choice.index] ?? Progress(prompt: PromptMarker(context.echoedPrompts[choice.index]))
            let isLast = choice.finishReason != nil
            let spans = progress.prompt.mark(progress.spans.read(choice, &progress.joiner, context))
            let text = write(spans, isLast: isLast, &progress)
            choices[choice.index] = progress
            sections.add(Array(text.utf8), to: choice.index, hasEnded: isLast)
        }
        if !chunk.choices.isEmpty { addLegend(to: &output) }
        sections.settle(&output)
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        for index in choices.keys.sorted() {
            guard var progress = choices[index] else { continue }
            let spans = progress.prompt.mark(progress.spans.read(nil, [], isLast: true))
            sections.add(Array(write(spans, isLast: true, &progress).utf8), to: index, hasEnded: false)
        }
        sections.finish(&output)
        if context.separator == .heading, !sections.isAtLineStart { output.append(UInt8(ascii: "\n")) }
    }

    private func write(_ spans: [TextSpan], isLast: Bool, _ progress: inout Progress) -> String {
        var result = ""
        for span in spans where !span.text.isEmpty {
            if style.hasBraces, progress.isInBraces != (span.isPrompt || span.logprob == nil) {
                result += progress.isInBraces ? "}" : "{"
                progress.isInBraces.toggle()
            }
            result += style.text(span)
        }
        if isLast, progress.isInBraces {
            result += "}"
            progress.isInBraces = false
        }
        return result
    }

    private mutating func addLegend(to output: inout [UInt8]) {
        guard !hasLegend else { return }
        hasLegend = true
        output += Array((HeatmapLegend(context).line + "\n").utf8)
    }
}
