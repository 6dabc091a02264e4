/// The parameters of a completions request, checked.
struct Parameters: Sendable {
    var model = ""
    /// The tokens of each prompt.
    var prompts: [[Int]] = [[]]
    var streams = false
    var includesUsageChunk = false
    var returnsRawTokens = false
    /// nil: as many as fit the context.
    var maxTokens: Int?
    /// Minimum number of tokens to generate; -1: until the context is full.
    var minTokens = 0
    var seed: Int?
    var stops: [[UInt8]] = []
    var temperature = 1.0
    var topP = 1.0
    var echoes = false
    /// nil: no log probabilities; 0: only those of the sampled tokens.
    var logprobs: Int?
    var choices = 1
    var candidates = 1
    var frequencyPenalty = 0.0
    var presencePenalty = 0.0
    var logitBias: [Int: Double] = [:]
}
