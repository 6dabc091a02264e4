import API

/// Writes token IDs instead of text: a line for each choice, the IDs separated by spaces. What a server sends as text all
/// the same is written as text is.
struct TokenIDRenderer: Renderer {
    private var sections: ChoiceSections
    /// The choices of which an ID was written.
    private var begun: Set<Int> = []
    /// What writes text; nil once IDs have come.
    private var text: (any Renderer)?
    /// Whether text or IDs have come, which decides how the response is written.
    private var isDecided = false
    /// Chunks with neither that end a choice.
    private var waiting: [CompletionChunk] = []

    init(_ context: RenderContext) {
        text = TextRenderer.make(context)
        var context = context
        // Each choice is a line.
        context.separator = context.separator == .nul ? .nul : .newline
        sections = ChoiceSections(context)
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        guard isDecided || decide(by: chunk) else {
            if chunk.choices.contains(where: { $0.finishReason != nil }) { waiting.append(chunk) }
            return
        }
        for chunk in waiting + [chunk] { write(chunk, to: &output) }
        waiting = []
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        if !isDecided { text = nil }
        for chunk in waiting { write(chunk, to: &output) }
        text?.finish(isWhole: isWhole, to: &output)
        sections.finish(&output)
    }

    /// Whether a chunk shows in what form the response comes.
    private mutating func decide(by chunk: CompletionChunk) -> Bool {
        let hasIDs = chunk.choices.contains { $0.tokenIDs?.isEmpty == false }
        isDecided = hasIDs || chunk.choices.contains { !$0.text.isEmpty }
        if hasIDs { text = nil }
        return isDecided
    }

    private mutating func write(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        guard text == nil else {
            text?.render(chunk, to: &output)
            return
        }
        for choice in chunk.choices {
            sections.add(bytes(of: choice), to: choice.index, hasEnded: choice.finishReason != nil)
        }
        sections.settle(&output)
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
