import Client
import JSON

/// A row whose request was made, until it has its outcome.
struct OpenRow {
    /// What a request that sets no limit is counted as: the most that the API is known to assume.
    private static let assumedTokens = 16_384

    let id: [UInt8]
    let digest: RequestDigest
    let promptSize: PromptSize
    /// Whether it asks another model than the others do.
    let hasOwnModel: Bool
    /// How many tokens its prompt is estimated to have.
    let promptTokens: Int
    /// As many tokens as its request is counted as.
    let tokens: Double
    /// What was charged for the attempt that is in flight; nil while the row waits for one.
    var charge: RateBudget.Charge?
    /// When that attempt was sent, in seconds of the run's clock.
    var sent = 0.0

    /// A row that is not in flight yet.
    ///
    /// - Parameter model: the one that rows without a model of their own ask.
    init(_ row: Row, promptTokens: Int, model: [UInt8]) {
        (id, digest, promptSize, self.promptTokens) = (row.id, row.digest, row.promptSize, promptTokens)
        hasOwnModel = row.model.map { $0 != model } ?? false
        let completions = Double(row.promptSize.promptCount) * Double(row.completionsPerPrompt)
        tokens = Double(promptTokens) + Double(row.maxTokens ?? Self.assumedTokens) * completions
    }
}

extension Row {
    /// The model that its body names, UTF-8.
    var model: [UInt8]? {
        if case .string(let name)? = body.member("model") { name } else { nil }
    }
}
