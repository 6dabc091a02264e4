import JSON

/// What one row came to: a line in the shape of the vendors' batch files.
///
/// `{"id", "custom_id", "response": {"status_code", "request_id", "body"} or null, "error": null or an object}`. `id` is
/// `batch_req_` and the hexadecimal digits of the request's digest, or `batch_req_invalid` where there was nothing to send.
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

    /// What `id` begins with.
    public static let prefix = Array("batch_req_".utf8)
    /// What follows it where there was nothing to send.
    static let invalid = Array("invalid".utf8)

    /// The row's `custom_id`, UTF-8.
    public let id: [UInt8]
    /// Tells which request it is the outcome of; nil for a row that can't be sent.
    public let digest: RequestDigest?
    /// The response; nil when none came.
    public let response: Response?
    /// Why the row failed, as JSON; nil when it succeeded.
    public let error: [UInt8]?

    /// The record of a row that succeeded.
    public init(id: [UInt8], digest: RequestDigest, response: Response) {
        (self.id, self.digest, self.response, error) = (id, digest, response, nil)
    }

    /// The record of a row that failed.
    ///
    /// - Parameter error: the object that `complete --json` reports.
    public init(id: [UInt8], digest: RequestDigest?, response: Response?, error: JSONValue) {
        (self.id, self.digest, self.response, self.error) = (id, digest, response, error.jsonBytes)
    }

    /// Whether the row succeeded.
    public var isDone: Bool { error == nil }

    /// The line, with its newline.
    public var line: [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity((response?.body.count ?? 0) + (error?.count ?? 0) + id.count + 256)
        line += "{\"id\":\"".utf8
        line += Self.prefix
        line += digest?.hexadecimal ?? Self.invalid
        line += "\",\"custom_id\":".utf8
        JSONString.append(id, to: &line)
        line += ",\"response\":".utf8
        if let response {
            line += "{\"status_code\":\(response.statusCode),\"request_id\":".utf8
            if let requestID = response.requestID {
                JSONString.append(Array(requestID.utf8), to: &line)
            } else {
                line += "null".utf8
            }
            line += ",\"body\":".utf8
            line += response.body
            line.append(UInt8(ascii: "}"))
        } else {
            line += "null".utf8
        }
        line += ",\"error\":".utf8
        line += error ?? Array("null".utf8)
        line += "}\n".utf8
        return line
    }
}
