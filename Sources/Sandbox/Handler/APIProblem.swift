import JSON

/// An error as the API reports it: a status and a flat body (API page, "Errors").
struct APIProblem: Error, Sendable {
    let status: Int
    let message: String
    let type: String
    let param: String
    let code: String

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
}
