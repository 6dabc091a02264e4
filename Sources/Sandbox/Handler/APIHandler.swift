import Compression
import Foundation
import JSON

/// Responds to requests as the API's page says.
struct APIHandler: Sendable {
    /// What is served, each by the same little model.
    static let models = ["gpt-oss-120b", "llama3.1-8b", "qwen-3-32b"]
    /// The most tokens that prompt and completion may have together.
    static let contextLength = 8192
    /// The most bytes that a body may have, as sent and decompressed.
    static let bodyLimit = 64 << 20

    /// JSON's own, and what `curl -d` says of any body.
    private static let jsonTypes = ["application/json", "application/x-www-form-urlencoded"]
    private static let messagePackTypes = ["application/vnd.msgpack", "application/msgpack", "application/x-msgpack"]
    /// The layouts of the lists of models that `format` names.
    static let layouts = ["default", "openrouter", "huggingface"]

    private let model: LanguageModel
    private let requiredKey: String?
    private let quota: Quota
    private let started = Date()

    /// A handler.
    ///
    /// - Parameters:
    ///   - requiredKey: the only key that is accepted; nil accepts any, or none.
    ///   - quota: what completions are charged to.
    init(_ model: LanguageModel, requiredKey: String?, quota: Quota = Quota()) {
        self.model = model
        self.requiredKey = requiredKey
        self.quota = quota
    }

    /// The response to a request.
    func answer(_ request: SandboxRequest) -> SandboxReply {
        let id = "chatcmpl-" + UUID().uuidString.lowercased()
        do throws(APIProblem) {
            return decorate(try route(request, id), id)
        } catch {
            let headers = error.headers.merging(["content-type": "application/json"]) { $1 }
            return decorate(SandboxReply(status: error.status, headers: headers, body: .whole(error.body)), id)
        }
    }

    private func route(_ request: SandboxRequest, _ id: String) throws(APIProblem) -> SandboxReply {
        if request.method == "GET", request.path == "/public/v1/models" {
            return json(try layout(of: request) == "default" ? catalog : catalogForRouters)
        }
        if let requiredKey, request.headers["authorization"] != "Bearer \(requiredKey)" { throw .wrongKey }
        let modelPath = "/v1/models/"
        switch (request.method, request.path) {
        case ("POST", "/v1/completions"): return try complete(request, id)
        case ("GET", "/v1/models"):
            let isDefault = try layout(of: request) == "default"
            return json(
                isDefault ? ["object": "list", "data": .array(Self.models.map(describe))] : catalogForRouters)
        case ("GET", "/v1/tcp_warming"): return json([:])
        case ("GET", let path) where path.hasPrefix(modelPath):
            let name = String(path.dropFirst(modelPath.count))
            guard Self.models.contains(name) else { throw .unknownModel(name) }
            return json(describe(name))
        case (let method, let path):
            let isKnown =
                ["/v1/completions", "/v1/models", "/v1/tcp_warming"].contains(path) || path.hasPrefix(modelPath)
            throw isKnown ? .wrongMethod(method, path) : .unknownPath(path)
        }
    }

    private func complete(_ request: SandboxRequest, _ id: String) throws(APIProblem) -> SandboxReply {
        let arrival = Date()
        let parameters = try ParameterReader.read(try document(of: request).root, model.tokenizer)
        guard Self.models.contains(parameters.model) else { throw .unknownModel(parameters.model) }
        let run = try CompletionRun(
            parameters, model, id: id, arrival: arrival, contextLength: Self.contextLength)
        var headers = try quota.charge(run.largestCost, model: parameters.model)
        headers["content-type"] = parameters.streams ? "text/event-stream; charset=utf-8" : "application/json"
        return SandboxReply(
            status: 200, headers: headers, body: parameters.streams ? .stream(run) : .completion(run))
    }

    /// The body as JSON, in the encodings that are read.
    private func document(of request: SandboxRequest) throws(APIProblem) -> JSONDocument {
        let type = request.headers["content-type"]?.split(separator: ";").first.map(String.init) ?? "application/json"
        let isMessagePack = Self.messagePackTypes.contains(type.lowercased())
        guard isMessagePack || Self.jsonTypes.contains(type.lowercased()) else {
            throw .invalid(
                "Content-Type \(type) is not read; send application/json or \(Self.messagePackTypes[0])", status: 415)
        }
        let body = isMessagePack ? try json(fromMessagePack: decompress(request)) : try decompress(request)
        do throws(JSONError) {
            return try JSONDocument(parsing: body)
        } catch {
            throw .invalid("Invalid JSON: \(error)")
        }
    }

    private func json(fromMessagePack bytes: [UInt8]) throws(APIProblem) -> [UInt8] {
        do throws(MessagePackError) {
            return try JSONValue(messagePack: bytes).jsonBytes
        } catch {
            throw .invalid("Invalid MessagePack: \(error)")
        }
    }

    private func decompress(_ request: SandboxRequest) throws(APIProblem) -> [UInt8] {
        guard request.body.count <= Self.bodyLimit else { throw .tooLarge(limit: Self.bodyLimit) }
        switch request.headers["content-encoding"]?.lowercased() {
        case nil, "identity": return request.body
        case "gzip":
            do throws(CompressionError) {
                return try Gunzip.decompress(request.body, limit: Self.bodyLimit)
            } catch .overLimit(let limit) {
                throw .tooLarge(limit: limit)
            } catch {
                throw .invalid("The body is not gzip, or not whole")
            }
        case let encoding?: throw .invalid("Content-Encoding \(encoding) is not read; send gzip", status: 415)
        }
    }

    private func describe(_ name: String) -> JSONValue {
        [
            "id": .text(name), "object": "model", "created": .integer(Int(started.timeIntervalSince1970)),
            "owned_by": "sandbox",
        ]
    }

    /// What is public: every model, with figures of the sandbox's own.
    private var catalog: JSONValue {
        let models = Self.models.map { name -> JSONValue in
            guard case .object(let members) = describe(name) else { return describe(name) }
            return .object(
                members + [
                    JSONMember("limits", ["max_context_length": .integer(Self.contextLength)]),
                    JSONMember("pricing", ["prompt": "0", "completion": "0"]),
                    JSONMember("capabilities", ["streaming": true, "logprobs": true, "tools": false]),
                ])
        }
        return ["object": "list", "data": .array(models)]
    }

    /// The same in the layout that routers read, with figures of the sandbox's own.
    private var catalogForRouters: JSONValue {
        let models = Self.models.map { name -> JSONValue in
            [
                "id": .text(name), "name": .text(name), "created": .integer(Int(started.timeIntervalSince1970)),
                "context_length": .integer(Self.contextLength), "pricing": ["prompt": "0", "completion": "0"],
                "supported_features": ["logprobs"],
            ]
        }
        return ["data": .array(models)]
    }

    private func layout(of request: SandboxRequest) throws(APIProblem) -> String {
        let layout = request.query["format"] ?? "default"
        guard Self.layouts.contains(layout) else {
            throw .invalid("query.format: must be one of \(Self.layouts.joined(separator: ", "))")
        }
        return layout
    }

    private func json(_ value: JSONValue) -> SandboxReply {
        SandboxReply(status: 200, headers: ["content-type": "application/json"], body: .whole(value.jsonBytes))
    }

    /// Adds the headers that every response has.
    private func decorate(_ reply: SandboxReply, _ id: String) -> SandboxReply {
        var reply = reply
        reply.headers["x-request-id"] = String(id.suffix(12)) + "-SBX"
        reply.headers["inference-id"] = id
        return reply
    }
}
