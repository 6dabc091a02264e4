import Client
import JSON

/// A row that has no outcome yet: some of its requests were made, or are to be.
final class OpenRow<Work> {
    let mark: RowMark
    var work: Work
    /// How many requests it has asked for.
    var requestCount = 0
    /// Whether it has its outcome, so that what comes of its other requests is no matter.
    var isOver = false

    init(_ mark: RowMark, _ work: Work) {
        (self.mark, self.work) = (mark, work)
    }
}

/// What is kept of a row for its record.
struct RowMark {
    /// Which line of the input it stands on.
    let number: Int
    let id: [UInt8]
    let digest: RequestDigest
    /// Its place among the rows of the run.
    let position: Int
    /// Whether it asks another model than the others do.
    let hasOwnModel: Bool

    /// - Parameter model: the one that rows without a model of their own ask.
    init(_ row: Row, at position: Int, model: [UInt8]) {
        (number, id, digest, self.position) = (row.number, row.id, row.digest, position)
        hasOwnModel = row.model.map { $0 != model } ?? false
    }
}

/// A request of an open row, until it has its outcome.
struct OpenRequest<Work> {
    let row: OpenRow<Work>
    /// Which of the row's requests it is.
    let place: Int
    let counted: CountedRequest
    /// What was charged for the attempt that is in flight; nil while the request waits for one.
    var charge: RateBudget.Charge?
    /// When that attempt was sent, in seconds of the run's clock.
    var sent = 0.0
    /// How many attempts were made.
    var attempts = 1
}

/// A request that waits for its turn.
struct ReadyRequest<Work> {
    let row: OpenRow<Work>
    /// Which of the row's requests it is.
    let place: Int
    let request: RowRequest
    let counted: CountedRequest
    /// What must still be left of requests and tokens for it to be sent: for the first of a row, what all its requests take.
    let needed: (count: Int, tokens: Double)
}

/// As how many tokens a request is counted.
struct CountedRequest {
    let size: PromptSize
    /// How many tokens its prompts are estimated to have.
    let promptTokens: Int
    /// Those of prompts and completions.
    let tokens: Double

    init(_ request: RowRequest, promptTokens: Int) {
        (size, self.promptTokens) = (request.size, promptTokens)
        tokens = Row.countedTokens(
            size, promptTokens, of: request.maxTokens, times: request.completionsPerPrompt)
    }
}

extension Row {
    /// The model that its body names, UTF-8.
    var model: [UInt8]? {
        if case .string(let name)? = body.member("model") { name } else { nil }
    }
}
