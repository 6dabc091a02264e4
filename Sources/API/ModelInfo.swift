public import JSON

/// What a server says of a model: of `/v1/models` (API page, "What the SDKs do"), or of a catalog with more, whose
/// fields are looked for under the names in use.
public struct ModelInfo: Sendable {
    /// What `--model` takes.
    public let id: String
    /// Whose it is; nil if unknown.
    public let owner: String?
    /// When it was made, in seconds since 1970; nil if unknown.
    public let created: Int?
    /// The tokens that prompt and completion may have together, as spelled; nil if unknown.
    public let contextLength: String?
    /// The tokens that a completion may have, as spelled; nil if unknown.
    public let outputLimit: String?
    /// The price of the prompt's tokens, as the server states it; nil if unknown.
    public let promptPrice: String?
    /// The price of the completion's tokens, as the server states it; nil if unknown.
    public let completionPrice: String?
    /// What it can do, as the server says.
    public let capabilities: [String]

    /// Reads every model of a list, or the one that a response is.
    ///
    /// - Returns: nil when the value is neither.
    public static func read(_ reply: JSONView) -> [ModelInfo]? {
        let list = reply.kind == .array ? reply : reply["data"] ?? reply["models"]
        if let list, list.kind == .array { return list.elements.compactMap(ModelInfo.init) }
        return ModelInfo(reply).map { [$0] }
    }

    private init?(_ view: JSONView) {
        guard let id = view["id"]?.string, !id.isEmpty else { return nil }
        self.id = id
        owner = view["owned_by"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        created = view["created"]?.double.flatMap { Int(exactly: $0.rounded()) }
        let limits = [view, view["limits"], view["top_provider"]].compactMap(\.self)
        contextLength = Self.text(
            limits.flatMap { [$0["context_length"], $0["max_context_length"], $0["context_window"]] })
        outputLimit = Self.text(
            limits.flatMap { [$0["max_completion_tokens"], $0["max_output_tokens"], $0["max_output_length"]] })
        let pricing = view["pricing"]
        promptPrice = Self.text([pricing?["prompt"], pricing?["input"]])
        completionPrice = Self.text([pricing?["completion"], pricing?["output"]])
        capabilities = Self.words(view["capabilities"]) + Self.words(view["supported_features"])
    }

    /// The first that is a number or a text, as spelled.
    private static func text(_ values: [JSONView?]) -> String? {
        values.lazy.compactMap(\.self).compactMap { $0.number?.digits ?? $0.string }.first { !$0.isEmpty }
    }

    /// The texts of a list, or the names of an object's members that are true.
    private static func words(_ value: JSONView?) -> [String] {
        guard let value else { return [] }
        return value.elements.compactMap(\.string)
            + value.members.filter { $0.value.bool == true }.compactMap(\.key.string)
    }
}
