import JSON

extension UInt8 {
    /// Whether a byte of a response is white space, or of a byte order mark.
    var isBlank: Bool {
        switch self {
        case 0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF: true
        default: false
        }
    }
}

extension JSONDocument {
    /// Reads JSON of a response. Where a log probability stands, `NaN` and infinities are read, too.
    ///
    /// - Throws: ``ReplyError`` for what is not JSON, and for an error that the JSON reports.
    static func of(response bytes: [UInt8]) throws(ReplyError) -> JSONDocument {
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(parsing: bytes)
        } catch {
            guard error.problem == .expectedValue || error.problem == .invalidNumber,
                let lenient = try? JSONDocument(parsing: bytes, allowsNonFinite: true), lenient.isFiniteButForLogprobs
            else { throw .unreadable("\(error)", bytes) }
            document = lenient
        }
        if let error = APIError(inReply: document.root) { throw .server(error) }
        return document
    }
}
