import API
public import Client
import HTTP
import JSON

/// The task of `batch`: a row is one request, and its record the response.
public struct RowRequests: RowTask {
    /// Whom requests go to.
    public let connection: Connection
    /// The model that rows ask which name none.
    public let model: [UInt8]
    private let encoding: Payload.Encoding
    private let compression: Payload.Compression
    private let streams: Bool
    /// Whether the content of a complete response is not as it was expected to be; nil where nothing is expected.
    public let isUnexpected: ((_ content: [UInt8]) -> Bool)?

    /// - Parameters:
    ///   - streams: whether rows that do not say ask for a stream.
    ///   - model: the one that rows ask which name none.
    ///   - isUnexpected: whether a complete response is not as it was expected to be.
    public init(
        _ connection: Connection, encoding: Payload.Encoding, compression: Payload.Compression, streams: Bool,
        model: [UInt8], isUnexpected: ((_ content: [UInt8]) -> Bool)? = nil
    ) {
        (self.connection, self.encoding, self.compression) = (connection, encoding, compression)
        (self.streams, self.model, self.isUnexpected) = (streams, model, isUnexpected)
    }

    /// Responses.
    public var kind: RecordKind { .responses }

    /// The request for a row.
    public func begin(_ row: Row) throws(ClientError) -> (work: SingleResponse, requests: [RowRequest]) {
        let isStreamed = row.wantsStream ?? streams
        var body = row.body
        if isStreamed, case .object(let members) = body { body = .object(members + [JSONMember("stream", true)]) }
        let payload = try Payload(
            body, encoding: encoding, compression: compression, isVendor: connection.baseURL.isVendor)
        let expectation = ReplyExpectation(connection, choiceCount: row.choiceCount, streams: isStreamed)
        let request = RowRequest(
            connection.completion(payload), expectation, size: row.promptSize, maxTokens: row.maxTokens,
            completionsPerPrompt: row.completionsPerPrompt)
        return (SingleResponse(isUnexpected: isUnexpected), [request])
    }
}

/// A row whose record is the response to its one request.
public struct SingleResponse: RowWork {
    let isUnexpected: ((_ content: [UInt8]) -> Bool)?

    /// The record.
    public func take(_ reply: RowCollector, of request: Int) -> RowProgress {
        .done(.response(reply.response), isUnexpected: isUnexpected.map { reply.completion.map($0) ?? false } ?? false)
    }
}
