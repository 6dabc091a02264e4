import API
import Client
import Platform

extension Failure {
    /// The failure as one JSON object, for programs that read standard error.
    ///
    /// - Parameter hint: one line of advice; nil for none.
    func report(hint: Message?) -> Report { ["error": errorReport(hint: hint)] }

    /// The object that describes the failure, as it also stands in a batch's results.
    func errorReport(hint: Message?) -> Report {
        let error = apiError
        let ownMessage: Message = error.map { "\(raw: $0.message)" } ?? message
        return [
            "kind": .text(Message(own: status.kind)),
            "status": (apiStatus ?? redirectStatus).map(Report.integer) ?? .null,
            "type": .text(error?.type),
            "code": .text(error?.code),
            "message": .text(ownMessage),
            "request_id": .text(clientError?.requestID),
            "hint": hint.map(Report.text) ?? .null,
        ]
    }

    private var apiStatus: Int? { apiError.flatMap { $0.isStatusStated ? $0.status : nil } }

    private var redirectStatus: Int? {
        if case .redirect(let status, _, _) = clientError { status } else { nil }
    }

    private var clientError: ClientError? {
        if case .request(let error) = self { error } else { nil }
    }
}
