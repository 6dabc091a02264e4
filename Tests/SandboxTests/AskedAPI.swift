import JSON
import Testing

@testable import Sandbox

/// The handler, asked directly.
struct AskedAPI {
    private let handler: APIHandler

    /// A handler of the built-in model, or of another.
    init(_ model: LanguageModel = ModelTests.model) {
        handler = APIHandler(model, requiredKey: nil)
    }

    /// Posts a body to the completions.
    func post(_ body: [UInt8], headers: [String: String] = [:]) -> SandboxReply {
        handler.answer(SandboxRequest(method: "POST", path: "/v1/completions", headers: headers, body: body))
    }

    /// Posts fields beside the model's name; what is answered to them, a stream as its chunks.
    func documents(_ fields: String) throws -> [JSONView] {
        switch post(Array(#"{"model":"gpt-oss-120b",\#(fields)}"#.utf8)).body {
        case .whole(let bytes): return [try JSONDocument(parsing: bytes).root]
        case .completion(var run):
            while run.advance() {}
            return [try JSONDocument(parsing: run.wholeReply).root]
        case .stream(var run):
            var chunks: [JSONView] = []
            while let chunk = run.nextChunk() {
                if !chunk.isEmpty { chunks.append(try JSONDocument(parsing: chunk).root) }
            }
            return chunks
        }
    }

    /// The choices of a whole response.
    func choices(_ fields: String) throws -> [JSONView] {
        try #require(try documents(fields).first?["choices"]).elements.map { $0 }
    }

    /// The first choice of a whole response.
    func choice(_ fields: String) throws -> JSONView {
        try #require(try choices(fields).first)
    }

    /// The message of a refusal.
    func message(_ fields: String) throws -> String {
        try #require(try documents(fields).first?["message"]?.string)
    }
}

extension JSONView {
    /// The elements of a member that is an array.
    func list(_ key: StaticString) -> [JSONView] {
        self[key]?.elements.map { $0 } ?? []
    }
}
