import API

/// Writes text for a person who watches it arrive: as it comes, and ended with a newline if it lacks one.
struct TerminalTextRenderer: Renderer {
    private var text: TextRenderer

    init(_ context: RenderContext) {
        text = TextRenderer(context)
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        text.render(chunk, to: &output)
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        text.finish(isWhole: isWhole, to: &output)
        if !text.isAtLineStart { output.append(UInt8(ascii: "\n")) }
    }
}
