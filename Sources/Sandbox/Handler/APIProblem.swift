import JSON

/// An error as the API reports it: a status and a flat body (API page, "Errors").
struct APIProblem: Error, Sendable {
    let status: Int
    let message: String
    let type: String
    let param: String
    let code: String
    /// Headers of the response beside those that every response has.
    var headers: [String: String] = [:]

    /// The body.
    var body: [UInt8] {
        let value: JSONValue = [
            "message": .text(message), "type": .text(type), "param": .text(param), "code": .text(code),
        ]
        return value.jsonBytes
    }

    /// A request that does not have the API's form.
    static func invalid(_ message: String, status: Int = 400) -> APIProblem {
        APIProblem(
            status: status, message: message, type: "invalid_request_error", param: "validation_error",
            code: "wrong_api_format")
    }

    /// A body that is not read because of its size.
    static func tooLarge(limit: Int) -> APIProblem {
        .invalid("The body is over \(limit) bytes", status: 413)
    }

    /// A key that is not the one required.
    static let wrongKey = APIProblem(
        status: 401, message: "Wrong API Key", type: "invalid_request_error", param: "api_key", code: "wrong_api_key")

    /// A model that is not served.
    static func unknownModel(_ name: String) -> APIProblem {
        APIProblem(
            status: 404, message: "Model \(name) does not exist or you do not have access to it.",
            type: "not_found_error", param: "model", code: "model_not_found")
    }

    /// A path that is not served.
    static func unknownPath(_ path: String) -> APIProblem {
        APIProblem(
            status: 404, message: "There is nothing at \(path).", type: "not_found_error", param: "path",
            code: "path_not_found")
    }

    /// A path that is served, but not so.
    static func wrongMethod(_ method: String, _ path: String) -> APIProblem {
        APIProblem(
            status: 405, message: "\(path) does not take \(method).", type: "invalid_request_error", param: "method",
            code: "method_not_allowed")
    }

    /// A limit of requests or tokens per minute that the request would exceed.
    ///
    /// - Parameter headers: those of the rate limits.
    static func quotaExceeded(_ refusal: QuotaBucket.Refusal, _ headers: [String: String]) -> APIProblem {
        let isOfTokens = refusal.unit == .tokens
        var headers = headers
        if let wait = refusal.wait {
            // What fractions are off by is not to add a whole second.
            headers["retry-after"] = String(Int((wait - 1e-6).rounded(.up)))
            headers["retry-after-ms"] = String(Int((wait * 1000 - 1e-3).rounded(.up)))
        } else {
            headers["x-should-retry"] = "false"
        }
        return APIProblem(
            status: 429, message: "\(isOfTokens ? "Tokens" : "Requests") per minute limit exceeded",
            type: isOfTokens ? "too_many_tokens_error" : "too_many_requests_error", param: "quota",
            code: isOfTokens ? "token_quota_exceeded" : "request_quota_exceeded", headers: headers)
    }
}
