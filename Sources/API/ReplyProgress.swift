public import JSON

/// What a response has shown so far of its choices and of itself, but for texts and tokens: the one record of it, which grows
/// with the number of choices alone.
public struct ReplyProgress: Sendable {
    /// One choice.
    public struct Choice: Sendable {
        /// Why it ended; nil while the server has not said.
        public fileprivate(set) var finishReason: String?
    }

    /// Finish reasons of a completion that its server gave up.
    private static let failures = ["error", "abort", "aborted", "canceled", "cancelled", "failed"]

    /// How many choices were requested.
    let expected: Int
    /// Those that have begun, by index.
    public private(set) var choices: [Int: Choice] = [:]
    private var finishedCount = 0
    private var failed: (choice: Int, reason: String)?
    /// The last choice that was seen to have begun.
    private var current: Int?
    /// Whether anything of the completion itself has come: text, tokens or a finish reason.
    private(set) var hasOutput = false
    /// How much has come.
    public private(set) var extent = StreamExtent()
    /// The response's last `usage`; nil where it had none.
    public private(set) var usage: JSONView?
    /// The response's last `time_info`; nil where it had none.
    public private(set) var timeInfo: JSONView?
    /// Whether any choice has come with log probabilities.
    public private(set) var hasLogprobs = false
    /// Whether `NaN` or an infinity has come, which are not JSON.
    public private(set) var hasNonFinite = false
    /// Whether a choice has come that may have to wait for another one.
    public private(set) var hasLaterChoices = false
    /// The text of the last chunk until a choice has begun.
    private(set) var lastSource: [UInt8] = []

    /// Whether as many choices have ended as were requested, and none that began goes on.
    var isWhole: Bool { !choices.isEmpty && finishedCount == choices.count && finishedCount >= expected }

    /// Why the response is truncated although every choice has ended; nil when it is not.
    var truncation: Truncation? {
        failed.map { .finishReason($0.reason, choice: finishedCount > 1 ? $0.choice : nil) }
    }

    /// Before the first chunk.
    ///
    /// - Parameter expected: how many choices were requested.
    public init(expected: Int = 1) {
        self.expected = expected
    }

    /// Whether a choice's finish reason has come.
    func hasEnded(_ choice: Int) -> Bool { choices[choice]?.finishReason != nil }

    /// Takes note of a chunk.
    public mutating func note(_ chunk: CompletionChunk) {
        if choices.isEmpty { lastSource = chunk.document.bytes }
        if let new = chunk.usage { usage = new }
        if let new = chunk.timeInfo { timeInfo = new }
        hasNonFinite = hasNonFinite || chunk.hasNonFinite
        guard !chunk.choices.isEmpty else { return }
        extent.chunks += 1
        for choice in chunk.choices {
            hasLaterChoices = hasLaterChoices || choice.index != 0
            hasLogprobs = hasLogprobs || choice.hasLogprobs
            let count = choice.tokenCount
            extent.add(choice.text, tokens: count)
            if !hasOutput, !choice.text.isEmpty || count ?? 0 > 0 { hasOutput = true }
            guard let reason = choice.finishReason else {
                if choice.index != current, choices[choice.index] == nil { choices[choice.index] = Choice() }
                current = choice.index
                continue
            }
            hasOutput = true
            if !hasEnded(choice.index) { finishedCount += 1 }
            choices[choice.index, default: Choice()].finishReason = reason
            let name = StreamLine.lowercased(reason.utf8)
            if failed == nil, Self.failures.contains(where: { name.elementsEqual($0.utf8) }) {
                failed = (choice.index, reason)
            }
        }
    }
}
