extension APIProblem {
    /// The error that a fault makes of a request that may well be right.
    static func staged(status: Int) -> APIProblem {
        let usual = status < 500 ? "invalid_request_error" : "server_error"
        let labels = labels[status] ?? (usual, "", usual)
        return APIProblem(
            status: status, message: "Simulated error \(status).", type: labels.type,
            param: labels.param, code: labels.code)
    }

    /// The error that comes where the status promised a completion.
    static let inside = APIProblem(
        status: 500, message: "Simulated error.", type: "server_error", param: "",
        code: "server_error")

    /// The body with all of it under `error`, as other servers have it.
    var nestedBody: [UInt8] {
        Array(#"{"error":"#.utf8) + body + Array("}".utf8)
    }

    /// What the API sends besides the message (API page, "Errors").
    private static let labels: [Int: (type: String, param: String, code: String)] = [
        401: ("invalid_request_error", "api_key", "wrong_api_key"),
        402: ("payment_required_error", "quota", "payment_required"),
        404: ("not_found_error", "model", "model_not_found"),
        429: ("too_many_requests_error", "quota", "request_quota_exceeded"),
    ]
}
