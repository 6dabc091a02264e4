import JSON

/// Which choices of a stream have begun and which have ended.
struct StreamProgress: Sendable {
    /// How many choices were asked for.
    let expected: Int
    private var unfinished: Set<Int> = []
    private(set) var hasChoices = false
    private(set) var extent = StreamExtent()
    private(set) var lastSource: [UInt8] = []

    /// Whether as many choices have ended as were asked for, and none that began goes on.
    var isWhole: Bool { hasChoices && unfinished.isEmpty && finished.count >= expected }

    private var finished: Set<Int> = []

    /// Before the first chunk.
    init(expected: Int) {
        self.expected = expected
    }

    /// Whether a choice's finish reason has come.
    func hasEnded(_ choice: Int) -> Bool { finished.contains(choice) }

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
