import API
import Logprobs

extension Format {
    /// The completion and nothing else.
    public static let text = Format(
        name: "text", summary: "Completion text only", impliedLogprobs: nil,
        streamsToTerminal: true, reportsErrorsAsJSON: false
    ) { context in
        if context.showsTokenIDs { return TokenIDRenderer(context) }
        return TextRenderer.make(context)
    }
}

/// Writes the completion's bytes exactly; several choices one after the other, under headings.
struct TextRenderer: Renderer {
    private var sections: ChoiceSections
    private var joiner = SurrogateJoiner()

    init(_ context: RenderContext) {
        sections = ChoiceSections(context)
    }

    /// What writes text there.
    static func make(_ context: RenderContext) -> any Renderer {
        context.isTerminal || context.endsLine ? LineTextRenderer(context) : TextRenderer(context)
    }

    var isAtLineStart: Bool { sections.isAtLineStart }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        sections.begin(chunk)
        for choice in chunk.choices {
            sections.add(joiner.text(of: choice), to: choice.index, hasEnded: choice.finishReason != nil)
        }
        sections.settle(&output)
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        sections.finish(&output)
    }
}
