import Flags
import JSON
import Testing

@testable import CLI
@testable import Sandbox

@Suite("Fields that flags send")
struct FlagFieldTests {
    private let handler = APIHandler(ModelTests.model, requiredKey: nil)

    /// What the sandbox says against a body.
    private func complaints(_ body: String) throws -> (status: Int, message: String) {
        let reply = handler.answer(
            SandboxRequest(method: "POST", path: "/v1/completions", headers: [:], body: Array(body.utf8)))
        guard case .whole(let bytes) = reply.body, reply.status != 200 else { return (reply.status, "") }
        return (reply.status, try JSONDocument(parsing: bytes).root["message"]?.string ?? "")
    }

    private func takes(_ flag: String, _ values: [String]) -> Bool {
        var options = CompleteOptions()
        let arguments = values.map { Array((flag + ($0.isEmpty ? "" : "=\($0)")).utf8) }
        return (try? Parser(CompleteCommand.sections).parse(arguments, into: &options)) != nil
    }

    @Test("every flag that sends a field is in the list, and nothing else but the stream's")
    func list() {
        let fields = Set(CompleteCommand.sections.flatMap(\.outline.flags).compactMap(\.field))
        #expect(fields == Set(APIField.all.map(\.name)).union(["stream_options"]))
        #expect(APIField.all.count == Set(APIField.all.map(\.name)).count)
    }

    @Test("a flag takes what the API does, and nothing beyond", arguments: APIField.all)
    func flags(field: APIField) throws {
        let flag = try #require(CompleteCommand.sections.flatMap(\.outline.flags).first { $0.field == field.name })
        for value in field.accepted { #expect(takes("--\(flag.name)", [value.flag]), "\(value.flag.prefix(40))") }
        for value in field.refused where !value.flag.isEmpty {
            #expect(!takes("--\(flag.name)", [value.flag]), "\(value.flag.prefix(40))")
        }
        if case .words(let words) = field.kind, case .choices(let names) = flag.syntax.offer {
            #expect(names.map(\.name) == words)
        }
        if case .texts(let most) = field.kind {
            #expect(takes("--\(flag.name)", Array(repeating: "x", count: most)))
            #expect(!takes("--\(flag.name)", Array(repeating: "x", count: most + 1)))
        }
    }

    @Test("the sandbox takes what the API does, and nothing beyond", arguments: APIField.all)
    func sandbox(field: APIField) throws {
        func body(_ json: String) -> String {
            let length = field.name == "max_tokens" ? "" : #""max_tokens":1,"#
            return #"{"model":"gpt-oss-120b","prompt":"x",\#(length)"\#(field.name)":\#(json)}"#
        }
        for value in field.accepted.map(\.json) + ["null"] {
            let (status, message) = try complaints(body(value))
            #expect(status == 200, "\(value.prefix(40)): \(message)")
        }
        for value in field.refused.map(\.json) {
            let (status, message) = try complaints(body(value))
            #expect(status == 400 && message.contains("body.\(field.name):"), "\(value.prefix(40)): \(message)")
            #expect(!message.contains("is unsupported"))
        }
    }

    @Test("the sandbox refuses fields that are not the endpoint's with 400", arguments: APIField.foreign)
    func foreign(name: String) throws {
        let (status, message) = try complaints(#"{"model":"gpt-oss-120b","prompt":"x","max_tokens":1,"\#(name)":1}"#)
        #expect(status == 400 && message == "body.\(name): property 'body.\(name)' is unsupported")
    }

    @Test("MessagePack is read under each of its names")
    func messagePack() throws {
        let body: JSONValue = ["model": "gpt-oss-120b", "prompt": "x", "max_tokens": 1]
        for type in ["application/msgpack", "application/vnd.msgpack", "Application/X-MsgPack; charset=binary"] {
            let request = SandboxRequest(
                method: "POST", path: "/v1/completions", headers: ["content-type": type],
                body: try body.messagePackBytes())
            #expect(handler.answer(request).status == 200, "\(type)")
        }
    }

    @Test("lists of models come in each layout that the API names, and in no other")
    func layouts() throws {
        for path in ["/v1/models", "/public/v1/models"] {
            for layout in ["default", "openrouter", "huggingface", "xml"] {
                let request = SandboxRequest(
                    method: "GET", path: path, query: ["format": layout], headers: [:], body: [])
                #expect(handler.answer(request).status == (layout == "xml" ? 400 : 200), "\(path) \(layout)")
            }
        }
        let flag = ModelsCommand.sections.flatMap(\.flags).first { $0.name == "layout" }
        guard case .choices(let names)? = flag?.syntax.offer else {
            Issue.record("--layout offers nothing")
            return
        }
        #expect(names.map(\.name) == APIHandler.layouts)
    }
}
