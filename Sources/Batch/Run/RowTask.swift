public import Client
public import HTTP

/// What a run does with its rows: which requests each takes, and what is recorded of the responses to them.
public protocol RowTask {
    /// A row that is being worked on.
    associatedtype Work: RowWork

    /// What is recorded of rows.
    var kind: RecordKind { get }
    /// Whom requests go to.
    var connection: Connection { get }
    /// The model that rows ask which name none, UTF-8.
    var model: [UInt8] { get }
    /// Is given the record of each row that an earlier run has completed; nil where it is no matter.
    var countComplete: ((UnsafeBufferPointer<UInt8>) -> Void)? { get }
    /// Whether the content of such a record is not as it was expected to be; nil where nothing is expected.
    var isUnexpected: ((_ content: [UInt8]) -> Bool)? { get }

    /// Begins a row.
    ///
    /// - Returns: the requests that are known from the first, at least one.
    /// - Throws: ``ClientError`` when a request can't be made as asked.
    func begin(_ row: Row) throws(ClientError) -> (work: Work, requests: [RowRequest])
}

extension RowTask {
    /// Most tasks report only what was done.
    public var countComplete: ((UnsafeBufferPointer<UInt8>) -> Void)? { nil }
    /// Nothing.
    public var isUnexpected: ((_ content: [UInt8]) -> Bool)? { nil }
}

/// A row on its way from its first requests to its record.
public protocol RowWork {
    /// Takes a complete response.
    ///
    /// - Parameter request: which of the row's requests it is to, from 0 in the order in which the row asked for them.
    /// - Throws: ``ClientError`` when a further request can't be made.
    mutating func take(_ reply: RowCollector, of request: Int) throws(ClientError) -> RowProgress
}

/// What a row needs next.
public enum RowProgress {
    /// The responses to its other requests.
    case waiting
    /// Further requests.
    case requests([RowRequest])
    /// Nothing: what is recorded, and whether it is not as it was expected to be.
    case done(BatchRecord.Content, isUnexpected: Bool)
    /// Nothing: why it failed though its responses are complete.
    case failed(RowFailure)
}

/// One request of a row.
public struct RowRequest {
    /// What is sent.
    let request: HTTPRequest
    /// What the response must be like.
    let expectation: ReplyExpectation
    /// How large its prompts are.
    let size: PromptSize
    /// How many tokens each completion may have at most; nil where there is no limit.
    let maxTokens: Int?
    /// How many completions are generated for each prompt.
    let completionsPerPrompt: Int

    /// A request.
    ///
    /// - Parameter maxTokens: how many tokens each completion may have at most; nil where there is no limit.
    public init(
        _ request: HTTPRequest, _ expectation: ReplyExpectation, size: PromptSize, maxTokens: Int?,
        completionsPerPrompt: Int = 1
    ) {
        (self.request, self.expectation, self.size) = (request, expectation, size)
        (self.maxTokens, self.completionsPerPrompt) = (maxTokens, completionsPerPrompt)
    }
}
