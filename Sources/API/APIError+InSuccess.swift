import JSON

extension APIError {
    /// Reads an error that came without an HTTP status of its own, inside a success or saved; nil when the value reports
    /// no error.
    ///
    /// The status is the one that the body names, else that of its type, code or shape (API page, "Errors"), else 500,
    /// which then is not stated.
    init?(inSuccess root: JSONView) {
        let inner = root["error"].flatMap { Self.saysNothing($0) ? nil : $0 }
        let isFlat = root["message"]?.kind == .string && (root["type"] ?? root["code"] ?? root["status_code"]) != nil
        guard inner != nil || isFlat || root["detail"] != nil else { return nil }
        let spelled = inner.map { APIError(status: 0, body: Array($0.source)) }
        guard var error = APIError(status: 0, root) ?? spelled else { return nil }
        if !(400..<600 ~= error.status) {
            let source = inner ?? root
            let names = [source["status_code"], source["status"], source["code"], root["status"], root["code"]]
            let named = names.compactMap { $0.flatMap(Self.number) }.first { 400..<600 ~= $0 }
            let isValidation = root["detail"]?.kind == .array
            let status = named ?? Self.status(type: error.type, code: error.code) ?? (isValidation ? 422 : nil)
            error.isStatusStated = status != nil
            error.status = status ?? 500
        }
        self = error
    }

    /// Reads the error that a response or chunk is, or has beside its choices; nil when it has none.
    init?(inReply root: JSONView) {
        let hasError = root["error"].map { !Self.saysNothing($0) } ?? false
        guard hasError || !root.has("choices") else { return nil }
        self.init(inSuccess: root)
    }

    /// Whether a member `error` is only there to say that there is none.
    private static func saysNothing(_ error: JSONView) -> Bool {
        switch error.kind {
        case .null: true
        case .bool: error.bool == false
        case .number: error.double == 0
        case .string: error.stringBytes?.isEmpty == true
        case .array: error.elements.first { _ in true } == nil
        case .object: error.members.first { _ in true } == nil
        }
    }

    /// A number, also one that a server has put in quotes.
    private static func number(_ value: JSONView) -> Int? {
        value.integer ?? value.string.flatMap { Int($0) }
    }

    /// Reads what an event named `error` holds, or a line of words, in whatever shape.
    init(inSuccess body: [UInt8]) {
        let document = try? JSONDocument(parsing: body)
        if let error = document.flatMap({ APIError(inSuccess: $0.root) }) {
            self = error
        } else {
            self.init(status: 500, body: body)
            isStatusStated = false
        }
    }

    private static func status(type: String?, code: String?) -> Int? {
        let statuses = [
            "wrong_api_key": 401, "payment_required": 402, "payment_required_error": 402, "permission_denied": 403,
            "model_not_found": 404, "not_found_error": 404, "too_many_requests_error": 429,
            "too_many_tokens_error": 429, "server_error": 500, "wrong_api_format": 400, "invalid_request_error": 400,
        ]
        return code.flatMap { statuses[$0] } ?? type.flatMap { statuses[$0] }
    }
}
