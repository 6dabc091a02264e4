import Flags
import JSON
import Testing

@testable import CLI
@testable import Sandbox

@Suite("Fields that flags send")
struct FlagFieldTests {
    private let handler = APIHandler(ModelTests.model, requiredKey: nil)

    @Test("the sandbox knows the body field of every flag")
    func fields() throws {
        let fields = CompleteCommand.sections.flatMap(\.flags).compactMap(\.field)
        #expect(!fields.isEmpty)
        for field in fields {
            let body = Array(#"{"\#(field)":{}}"#.utf8)
            let reply = handler.answer(
                SandboxRequest(method: "POST", path: "/v1/completions", headers: [:], body: body))
            guard case .whole(let bytes) = reply.body else { continue }
            let message = try JSONDocument(parsing: bytes).root["message"]?.string ?? ""
            #expect(
                !message.contains("property 'body.\(field)' is unsupported"),
                "Sources/Sandbox/Handler/ParameterReader.swift does not take \(field)")
        }
    }
}
