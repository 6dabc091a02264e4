public import API
public import JSON

/// What rows are sent with where they do not say otherwise: the model, and fields that flags gave.
public struct RequestDefaults: Sendable {
    /// Model and prompt (which each row has for itself), then the other fields; no two have the same key.
    let members: [JSONMember]
    /// Where the keys stand among the members.
    private let places: [[UInt8]: Int]
    /// Where the prompt stands.
    static let promptPlace = 1

    /// The fields of a request but its prompt.
    public init(_ request: CompletionRequest) {
        self.init(model: request.model, fields: request.fields)
    }

    /// A model and other fields in the order in which they are sent, without white space between their tokens. Of fields with
    /// the same key the last one counts. Those of a stream and a prompt are left out.
    public init(model: [UInt8], fields: [JSONMember]) {
        var members = [JSONMember("model", .string(model)), JSONMember("prompt", .null)]
        var places = [members[0].key: 0, members[1].key: 1]
        for field in fields where !RequestDigest.streamFields.contains(field.key) && field.key != members[1].key {
            if let place = places[field.key] {
                members[place].value = field.value.compact
            } else {
                places[field.key] = members.count
                members.append(JSONMember(key: field.key, value: field.value.compact))
            }
        }
        (self.members, self.places) = (members, places)
    }

    /// Where a key stands among the members; nil when no flag gave it.
    func place(of key: [UInt8]) -> Int? {
        // A few are compared sooner than hashed.
        members.count <= 16 ? members.firstIndex { $0.key == key } : places[key]
    }
}

extension JSONValue {
    /// The value, taken apart where it is kept as it was spelled, so that no white space is left between tokens.
    fileprivate var compact: JSONValue {
        if case .document(let document) = self { JSONValue(document.root) } else { self }
    }
}
