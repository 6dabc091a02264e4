import API
public import Client
import HTTP
import JSON

/// Makes requests of rows.
public struct RowRequests: Sendable {
    /// Whom they go to.
    public let connection: Connection
    private let encoding: Payload.Encoding
    private let compression: Payload.Compression
    private let streams: Bool
    /// The model that rows ask which name none.
    let model: [UInt8]

    /// - Parameters:
    ///   - streams: whether rows that do not say ask for a stream.
    ///   - model: the one that rows ask which name none.
    public init(
        _ connection: Connection, encoding: Payload.Encoding, compression: Payload.Compression, streams: Bool,
        model: [UInt8]
    ) {
        (self.connection, self.encoding, self.compression) = (connection, encoding, compression)
        (self.streams, self.model) = (streams, model)
    }

    /// The request for a row, and what its response must be like.
    ///
    /// - Throws: ``ClientError`` when the body can't be encoded as asked.
    func request(for row: Row) throws(ClientError) -> (HTTPRequest, ReplyExpectation) {
        let isStreamed = row.wantsStream ?? streams
        var body = row.body
        if isStreamed, case .object(let members) = body { body = .object(members + [JSONMember("stream", true)]) }
        let payload = try Payload(
            body, encoding: encoding, compression: compression, isVendor: connection.baseURL.isVendor)
        let expectation = ReplyExpectation(connection, choiceCount: row.choiceCount, streams: isStreamed)
        return (connection.completion(payload), expectation)
    }
}
