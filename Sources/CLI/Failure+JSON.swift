import API
import JSON

extension Failure {
    /// The failure as one JSON object on a line, for programs that read standard error.
    var jsonLine: [UInt8] {
        let error = apiError
        let members: JSONValue = [
            "kind": .text(status.kind),
            "status": error.map { .integer($0.status) } ?? redirectStatus.map(JSONValue.integer) ?? .null,
            "type": Self.text(error?.type),
            "code": Self.text(error?.code),
            "message": .text(error?.message ?? message),
            "request_id": Self.text(requestID),
        ]
        return JSONValue.object([JSONMember("error", members)]).jsonBytes + [UInt8(ascii: "\n")]
    }

    private var redirectStatus: Int? {
        if case .redirect(let status, _, _) = self { status } else { nil }
    }

    private static func text(_ text: String?) -> JSONValue {
        text.map(JSONValue.text) ?? .null
    }
}
