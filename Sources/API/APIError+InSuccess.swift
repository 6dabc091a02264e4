import JSON

extension APIError {
    /// Reads an error that came without an HTTP status of its own, inside a success or saved; nil when the value reports
    /// no error.
    ///
    /// The status is the one that the body names, else that of its type, code or shape (API page, "Errors"), else 500.
    init?(inSuccess root: JSONView) {
        let inner = root["error"].flatMap { $0.isNull ? nil : $0 }
        let isFlat = root["message"]?.kind == .string && (root["type"] ?? root["code"] ?? root["status_code"]) != nil
        guard inner != nil || isFlat || root["detail"] != nil else { return nil }
        guard var error = APIError(status: 0, root) else { return nil }
        if error.status == 0 {
            let source = inner ?? root
            let named = [source["status"], source["code"]].compactMap { $0?.integer }.first { 400..<600 ~= $0 }
            let isValidation = root["detail"]?.kind == .array
            error.status = named ?? Self.status(type: error.type, code: error.code) ?? (isValidation ? 422 : 500)
        }
        self = error
    }

    /// Reads what an event named `error` holds, in whatever shape.
    init(inSuccess body: [UInt8]) {
        let document = try? JSONDocument(parsing: body)
        self = document.flatMap { APIError(inSuccess: $0.root) } ?? APIError(status: 500, body: body)
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
