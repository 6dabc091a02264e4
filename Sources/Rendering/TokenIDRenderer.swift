import API

/// Writes token IDs instead of text: a line for each choice, the IDs parted by spaces. A server that sent text all the
/// same has its text shown.
struct TokenIDRenderer: Renderer {
    private var sections: ChoiceSections
    /// The choices of which an ID was written.
    private var begun: Set<Int> = []

    init(_ context: RenderContext) {
        var context = context
        // A line for each choice tells them apart.
        context.separator = context.separator == .nul ? .nul : .newline
        sections = ChoiceSections(context)
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        for choice in chunk.choices {
            sections.add(bytes(of: choice), to: choice.index, hasEnded: choice.finishReason != nil)
        }
        sections.settle(&output)
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        sections.finish(&output)
    }

    private mutating func bytes(of choice: ChoiceDelta) -> [UInt8] {
        guard let ids = choice.tokenIDs else { return choice.text }
        var text = ""
        for id in ids {
            text += (begun.insert(choice.index).inserted ? "" : " ") + String(id)
        }
        return Array(text.utf8)
    }
}
