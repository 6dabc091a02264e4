/// What a run may do at most, and what ends it.
public struct RunLimits {
    /// How many requests may be sent, retries included; nil for no limit.
    public var maxRequests: Int?
    /// How many tokens prompts and completions may have together; nil for no limit.
    public var tokenBudget: Int?
    /// Whether a person wants the run to end once what is in flight has ended.
    public var isEndWanted: () -> Bool = { false }
    /// What becomes readable when a person wants that; negative for nothing.
    public var endDescriptor: Int32 = -1

    /// No limits.
    public init() {}
}
