/// What a run may do at most, and what ends it.
public struct RunLimits {
    /// How many requests may be sent, retries included; nil for no limit.
    public var maxRequests: Int?
    /// How many tokens prompts and completions may have together; nil for no limit.
    public var tokenBudget: Int?
    /// How long what is in flight may take after ``StopSignals/terminate``, in seconds: schedulers kill what has not ended 30
    /// seconds later.
    static let grace = 20.0

    /// The signal by which the run is to end once what is in flight has ended; nil for none.
    public var endSignal: () -> Int32? = { nil }
    /// What becomes readable when it comes; negative for nothing.
    public var endDescriptor: Int32 = -1
    /// Has what is in flight end at once, which took too long after the signal.
    public var drop: () -> Void = {}

    /// No limits.
    public init() {}
}
