import JSON

/// What one row came to: a line of a result file.
///
/// Of responses it has the shape of the vendors' batch files: `{"id", "custom_id", "response": {"status_code", "request_id",
/// "body"} or null, "error": null or an object}`. Of scores, what their task says stands in place of `response`. `id` is the
/// prefix of its ``RecordKind`` and the hexadecimal digits of the row's digest, or `invalid` where there was nothing to send.
public struct BatchRecord: Sendable {
    /// What a server sent.
    public struct Response: Sendable {
        /// The HTTP status.
        public let statusCode: Int
        /// The ID that the server gave the request; nil for none.
        public let requestID: String?
        /// One JSON text without white space between its tokens.
        public let body: [UInt8]

        /// A response.
        ///
        /// - Parameter content: what the server sent, decoded, or what its stream was gathered to. Every digit, escape and
        ///   duplicate of JSON is kept; what is not JSON becomes a JSON string, with U+FFFD for what is not UTF-8.
        public init(statusCode: Int, requestID: String?, content: [UInt8]) {
            self.statusCode = statusCode
            self.requestID = requestID
            body = Self.json(content)
        }

        private static func json(_ content: [UInt8]) -> [UInt8] {
            let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
            let text = content.starts(with: mark) ? Array(content.dropFirst(mark.count)) : content
            if let compact = JSONCompaction.compact(text) { return compact }
            var string: [UInt8] = []
            JSONString.append(Array(String(decoding: content, as: UTF8.self).utf8), to: &string)
            return string
        }
    }

    /// What is recorded between the row's id and its error.
    public enum Content: Sendable {
        /// The response; nil when none came.
        case response(Response?)
        /// Members of a JSON object, at least one: compact JSON without braces; nil for a row that failed.
        case scores([UInt8]?)
    }

    /// What follows the prefix of `id` where there was nothing to send.
    static let invalid = Array("invalid".utf8)
    /// The members in place of the scores of a row that failed.
    private static let noScores = Array("\"scores\":null".utf8)

    /// The row's `custom_id`, UTF-8.
    public let id: [UInt8]
    /// Tells what it is the outcome of; nil for a row that can't be sent.
    public let digest: RequestDigest?
    /// What came of the row.
    public let content: Content
    /// Why the row failed, as JSON; nil when it succeeded.
    public let error: [UInt8]?

    /// The record of a row that succeeded.
    public init(id: [UInt8], digest: RequestDigest, _ content: Content) {
        (self.id, self.digest, self.content, error) = (id, digest, content, nil)
    }

    /// The record of a row that failed.
    ///
    /// - Parameter error: the object that `complete --json` reports.
    public init(id: [UInt8], digest: RequestDigest?, _ content: Content, error: JSONValue) {
        (self.id, self.digest, self.content, self.error) = (id, digest, content, error.jsonBytes)
    }

    /// The response; nil when none came, and for scores.
    public var response: Response? { if case .response(let response) = content { response } else { nil } }

    private var kind: RecordKind { if case .response = content { .responses } else { .scores } }

    /// Whether the row succeeded.
    public var isDone: Bool { error == nil }

    /// The line, with its newline.
    public var line: [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity((response?.body.count ?? 0) + (error?.count ?? 0) + id.count + 256)
        line += "{\"id\":\"".utf8
        line += kind.prefix
        line += digest?.hexadecimal ?? Self.invalid
        line += "\",\"custom_id\":".utf8
        JSONString.append(id, to: &line)
        line.append(UInt8(ascii: ","))
        switch content {
        case .response(let response): Self.append(response, to: &line)
        case .scores(let members): line += members ?? Self.noScores
        }
        line += ",\"error\":".utf8
        line += error ?? Array("null".utf8)
        line += "}\n".utf8
        return line
    }

    private static func append(_ response: Response?, to line: inout [UInt8]) {
        line += "\"response\":".utf8
        guard let response else {
            line += "null".utf8
            return
        }
        line += "{\"status_code\":\(response.statusCode),\"request_id\":".utf8
        if let requestID = response.requestID {
            JSONString.append(Array(requestID.utf8), to: &line)
        } else {
            line += "null".utf8
        }
        line += ",\"body\":".utf8
        line += response.body
        line.append(UInt8(ascii: "}"))
    }
}
