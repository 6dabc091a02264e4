import JSON

/// Which choices of a stream have begun and which have ended.
struct StreamProgress: Sendable {
    private var unfinished: Set<Int> = []
    private(set) var hasChoices = false
    private(set) var extent = StreamExtent()
    private(set) var lastSource: [UInt8] = []

    /// Whether at least one choice began and all that did have ended.
    var isWhole: Bool { hasChoices && unfinished.isEmpty }

    private var finished: Set<Int> = []

    mutating func note(_ chunk: CompletionChunk) {
        lastSource = chunk.document.bytes
        guard !chunk.choices.isEmpty else { return }
        extent.add(chunk)
        hasChoices = true
        for choice in chunk.choices {
            if choice.finishReason != nil {
                finished.insert(choice.index)
                unfinished.remove(choice.index)
            } else if !finished.contains(choice.index) {
                unfinished.insert(choice.index)
            }
        }
    }
}
