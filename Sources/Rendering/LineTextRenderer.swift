import API

/// Writes text as it comes, and ends it with a newline if it lacks one: for a person who watches, or lines in a loop.
struct LineTextRenderer: Renderer {
    private var text: TextRenderer
    /// Whether a text without any characters gets its newline, too.
    private let endsEmpty: Bool
    private var isEmpty = true

    init(_ context: RenderContext) {
        text = TextRenderer(context)
        endsEmpty = context.endsLine
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        let start = output.count
        text.render(chunk, to: &output)
        isEmpty = isEmpty && output.count == start
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        let start = output.count
        text.finish(isWhole: isWhole, to: &output)
        isEmpty = isEmpty && output.count == start
        if !text.isAtLineStart || isEmpty && endsEmpty && isWhole { output.append(UInt8(ascii: "\n")) }
    }
}
