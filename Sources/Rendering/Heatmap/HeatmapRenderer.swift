import API
import Logprobs

extension Format {
    /// The text, colored.
    public static let heatmap = Format(
        name: "heatmap", summary: "Text colored by each token's probability",
        impliedLogprobs: 2, streamsToTerminal: true, reportsErrorsAsJSON: false, ownSequences: .colorsAndErasure
    ) { HeatmapRenderer($0) }
}

/// Writes the completion as it comes, each token on the color of its probability.
struct HeatmapRenderer: Renderer {
    /// What is known of one choice so far.
    private struct Progress {
        var spans = SpanReader()
        var prompt: PromptMarker
        var joiner = SurrogateJoiner()
        var reasoning = ReasoningReader()
        /// The part that is being written; nil before the first.
        var part: TokenPart?
        var isInBraces = false
        var endsLine = true
        var isOutside = false
        var wrapper: LineWrapper
        /// How many tokens of the text have come.
        var position = 0

        init(_ extent: EchoedPrompts.Extent?, _ wrapper: LineWrapper) {
            prompt = PromptMarker(extent)
            self.wrapper = wrapper
        }
    }

    private let context: RenderContext
    private let style: HeatmapStyle
    private var sections: ChoiceSections
    private var choices: [Int: Progress] = [:]
    private var hasLegend: Bool
    private var notes = HeatmapNotes()
    private var forks = HeatmapForks()
    private let wrapper: LineWrapper

    init(_ context: RenderContext) {
        self.context = context
        style = HeatmapStyle(context.color)
        sections = ChoiceSections(context)
        // Where a program takes the choices apart, a legend would be a part of the first.
        hasLegend = context.separator != .heading
        // What is erased must be on the line, and a NUL begins none.
        let wraps = context.isTerminal && context.color.hasAttributes && context.separator != .nul
        wrapper = LineWrapper(Paint(context.color), width: wraps ? context.width : nil)
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        sections.begin(chunk)
        for choice in chunk.choices {
            // Taken out, since what is in two places is copied when it changes.
            var progress =
                choices.removeValue(forKey: choice.index)
                ?? Progress(context.echoedPrompts[choice.index], wrapper)
            let isLast = choice.finishReason != nil
            let spans = progress.prompt.mark(
                progress.spans.read(choice, &progress.joiner, showsTokenIDs: context.showsTokenIDs))
            var text = writeReasoning(choice.reasoningTokens, &progress)
            if !spans.isEmpty { text += begin(.text, &progress) }
            noteForks(spans, of: choice.index, &progress)
            text += write(spans, isLast: isLast, &progress)
            choices[choice.index] = progress
            sections.add(Array(text.utf8), to: choice.index, hasEnded: isLast)
        }
        if !chunk.choices.isEmpty { addLegend(to: &output) }
        sections.settle(&output)
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        for index in choices.keys.sorted() {
            guard var progress = choices.removeValue(forKey: index) else { continue }
            let spans = progress.prompt.mark(progress.spans.read(nil, [], isLast: true))
            noteForks(spans, of: index, &progress)
            let rest = write(progress.reasoning.finish(), isLast: false, &progress)
            let text = rest + (spans.isEmpty ? "" : begin(.text, &progress)) + write(spans, isLast: true, &progress)
            sections.add(Array(text.utf8), to: index, hasEnded: false)
        }
        sections.finish(&output)
        guard context.separator == .heading else { return }
        if !sections.isAtLineStart { output.append(UInt8(ascii: "\n")) }
        output += forks.text(context).utf8
        output += notes.text.utf8
    }

    private mutating func writeReasoning(_ tokens: [TokenLogprob], _ progress: inout Progress) -> String {
        guard !tokens.isEmpty else { return "" }
        let heading = begin(.reasoning, &progress)
        return heading + write(progress.reasoning.read(tokens), isLast: false, &progress)
    }

    /// Ends the part before, and names the one that begins where a choice has several.
    private mutating func begin(_ part: TokenPart, _ progress: inout Progress) -> String {
        guard progress.part != part else { return "" }
        let isFirst = progress.part == nil
        let end = isFirst ? "" : write(progress.reasoning.finish(), isLast: true, &progress)
        progress.part = part
        if isFirst, part == .text { return "" }
        let gap = isFirst ? "" : progress.endsLine ? "\n" : "\n\n"
        progress.endsLine = true
        progress.wrapper.beginLine()
        return "\(end)\(gap)==> \(part.rawValue) <==\n"
    }

    private mutating func write(_ spans: [TextSpan], isLast: Bool, _ progress: inout Progress) -> String {
        var runs: [StyledRun] = []
        for span in spans {
            notes.add(span)
            guard !span.text.isEmpty else { continue }
            runs += marks(&progress, isOutside: span.placement == .outside, span.isPrompt || span.logprob == nil)
            runs += style.runs(of: span)
            progress.endsLine = span.placement == .text && span.text.last == UInt8(ascii: "\n")
        }
        if isLast { runs += marks(&progress, isOutside: false, false) }
        return progress.wrapper.write(runs)
    }

    /// What ends marks and begins others, so that the next text stands between the right ones.
    private func marks(_ progress: inout Progress, isOutside: Bool, _ isUnknown: Bool) -> [StyledRun] {
        var result = ""
        if progress.isInBraces, !isUnknown || progress.isOutside != isOutside {
            result += "}"
            (progress.isInBraces, progress.endsLine) = (false, false)
        }
        if progress.isOutside != isOutside {
            result += isOutside ? HeatmapMarks.outside.open : HeatmapMarks.outside.close
            (progress.isOutside, progress.endsLine) = (isOutside, false)
        }
        if style.hasBraces, isUnknown, !progress.isInBraces {
            result += "{"
            progress.isInBraces = true
        }
        return result.isEmpty ? [] : [.text(result, .plain)]
    }

    private mutating func noteForks(_ spans: [TextSpan], of index: Int, _ progress: inout Progress) {
        for span in spans {
            for token in span.tokens {
                if !span.isPrompt {
                    forks.add(token, of: span, choice: index, position: progress.position, topCount: context.topCount)
                }
                progress.position += 1
            }
        }
    }

    private mutating func addLegend(to output: inout [UInt8]) {
        guard !hasLegend else { return }
        hasLegend = true
        output += Array((HeatmapLegend(context).text + "\n").utf8)
    }
}
