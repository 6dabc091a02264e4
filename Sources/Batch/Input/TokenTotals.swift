/// What the rows of a run may take of tokens: sums for an estimate before anything is sent.
public struct TokenTotals: Equatable, Sendable {
    /// How many requests they take, as far as that is known before the first.
    public private(set) var requestCount = 0
    /// How large the prompts are.
    public private(set) var prompts = PromptSize()
    /// The most tokens that completions may have, of rows that limit them.
    public private(set) var maxCompletionTokens = 0
    /// How many rows do not limit the tokens of their completions.
    public private(set) var unlimitedCount = 0

    /// No rows.
    public init() {}

    /// Adds a row.
    public mutating func add(_ row: Row) {
        requestCount += row.requestCount
        prompts.add(row.promptSize)
        guard let maxTokens = row.maxTokens else {
            unlimitedCount += 1
            return
        }
        let completions = row.promptSize.promptCount.multipliedReportingOverflow(by: row.completionsPerPrompt)
        let tokens = maxTokens.multipliedReportingOverflow(by: completions.partialValue)
        let sum = maxCompletionTokens.addingReportingOverflow(tokens.partialValue)
        let isTooMany = completions.overflow || tokens.overflow || sum.overflow
        maxCompletionTokens = isTooMany ? .max : sum.partialValue
    }
}
