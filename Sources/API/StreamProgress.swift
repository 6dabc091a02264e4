import JSON

/// How far the choices of a reply have come.
struct StreamProgress: Sendable {
    /// Finish reasons of an answer that its server gave up.
    private static let failures = ["error", "abort", "aborted", "canceled", "cancelled", "failed"]

    /// How many choices were asked for.
    let expected: Int
    private var unfinished: Set<Int> = []
    private var finished: Set<Int> = []
    private var failed: (choice: Int, reason: String)?
    private(set) var hasChoices = false
    /// Whether anything of the answer itself has come: text, tokens or a finish reason.
    private(set) var hasOutput = false
    private(set) var extent = StreamExtent()
    private(set) var lastSource: [UInt8] = []

    /// Whether as many choices have ended as were asked for, and none that began goes on.
    var isWhole: Bool { hasChoices && unfinished.isEmpty && finished.count >= expected }

    /// Why the answer is truncated although every choice has ended; nil when it is not.
    var truncation: Truncation? {
        failed.map { .finishReason($0.reason, choice: finished.count > 1 ? $0.choice : nil) }
    }

    /// Before the first chunk.
    init(expected: Int) {
        self.expected = expected
    }

    /// Whether a choice's finish reason has come.
    func hasEnded(_ choice: Int) -> Bool { finished.contains(choice) }

    /// Takes note of a chunk.
    mutating func note(_ chunk: CompletionChunk) {
        lastSource = chunk.document.bytes
        guard !chunk.choices.isEmpty else { return }
        extent.add(chunk)
        hasChoices = true
        for choice in chunk.choices {
            if !choice.text.isEmpty || choice.tokenCount ?? 0 > 0 { hasOutput = true }
            if let reason = choice.finishReason {
                hasOutput = true
                finished.insert(choice.index)
                unfinished.remove(choice.index)
                let name = StreamLine.lowercased(reason.utf8)
                if failed == nil, Self.failures.contains(where: { name.elementsEqual($0.utf8) }) {
                    failed = (choice.index, reason)
                }
            } else if !finished.contains(choice.index) {
                unfinished.insert(choice.index)
            }
        }
    }
}
