import API
import Client
import Flags
import JSON
import Platform

/// What a request for completions contains besides its prompt, and how its body is written: what the commands that send such
/// requests have in common.
struct RequestOptions: FieldReceiver {
    var model: [UInt8] = []
    /// The body fields that were set, by name.
    var fields: [String: JSONValue] = [:]
    /// Fields given as JSON, in order.
    var extraFields: [BodyField] = []
    /// nil when neither --stream nor --no-stream was given.
    var streams: Bool?
    var encoding = Payload.Encoding.json
    var compression = Payload.Compression.auto

    /// Whether the completion can be streamed when nobody says.
    var mayStream: Bool { fields["best_of"] == nil && !extraFields.contains { $0.name == "best_of" } }

    /// Adds a token's bias, in place of an earlier one.
    mutating func add(_ bias: LogitBias) {
        var members: [JSONMember] = []
        if case .object(let known)? = fields["logit_bias"] { members = known }
        let member = JSONMember(String(bias.id), .double(bias.bias))
        members.removeAll { $0.key == member.key }
        fields["logit_bias"] = .object(members + [member])
    }

    mutating func receive(_ scalar: Scalar, field: String, isListElement: Bool) {
        let value = JSONValue(scalar)
        if isListElement, case .array(let list)? = fields[field] {
            fields[field] = .array(list + [value])
        } else {
            fields[field] = isListElement ? .array([value]) : value
        }
    }

    /// The request for a prompt.
    ///
    /// - Parameters:
    ///   - streams: whether it requests a stream.
    ///   - impliedLogprobs: the `logprobs` that others need, unless the user set them; nil when none are needed.
    func request(_ prompt: CompletionRequest.Prompt, streams: Bool, impliedLogprobs: Int?) -> CompletionRequest {
        var request = CompletionRequest(model: model, prompt: prompt)
        // In the table's order, so that the same flags make the same bytes in whatever order they were given.
        for field in Section.sampling.flags.compactMap(\.outline.field) {
            if let value = fields[field] { request.set(field, to: value) }
        }
        if let impliedLogprobs, request["logprobs"] == nil {
            request.set("logprobs", to: .integer(impliedLogprobs))
        }
        if streams { request.set("stream", to: true) }
        for field in extraFields { request.set(field.name, to: .document(field.value)) }
        return request
    }

    /// A body as it goes over the wire.
    ///
    /// - Parameter server: whom it is for.
    /// - Throws: ``Failure`` when it can't be encoded as requested.
    func payload(_ body: JSONValue, for server: BaseURL) throws(Failure) -> Payload {
        do throws(ClientError) {
            return try Payload(body, encoding: encoding, compression: compression, isVendor: server.isVendor)
        } catch {
            throw Failure(error)
        }
    }
}

extension JSONValue {
    /// A flag's value as a field's.
    fileprivate init(_ scalar: Scalar) {
        switch scalar {
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .double(value)
        case .text(let bytes): self = .string(bytes)
        }
    }
}
