/// What a result file holds a line of for each row.
public enum RecordKind: Sendable {
    /// The responses, in the shape of the vendors' batch files.
    case responses
    /// Scores.
    case scores

    /// What the `id` of a record begins with.
    public var prefix: [UInt8] {
        switch self {
        case .responses: Array("batch_req_".utf8)
        case .scores: Array("score_".utf8)
        }
    }

    /// The command that writes such files.
    var command: String {
        switch self {
        case .responses: "cerebras batch"
        case .scores: "cerebras score"
        }
    }

    /// The flags that say what is expected of rows.
    var checks: String {
        switch self {
        case .responses: "--expect, --fail-on"
        case .scores: "--expect"
        }
    }

    /// What is recorded of a row of which there is nothing.
    var nothing: BatchRecord.Content { content(of: nil) }

    /// What is recorded of a row that failed with a response.
    func content(of response: BatchRecord.Response?) -> BatchRecord.Content {
        switch self {
        case .responses: .response(response)
        case .scores: .scores(nil)
        }
    }
}
