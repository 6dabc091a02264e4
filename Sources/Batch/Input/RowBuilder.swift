import JSON

/// Puts a row together out of its own fields over those of the flags.
struct RowBuilder {
    private let defaults: RequestDefaults
    private let allowsEmptyPrompt: Bool
    private var members: [JSONMember]
    private var seen: Set<[UInt8]> = []
    private var size: PromptSize?
    private var wantsStream: Bool?

    init(_ defaults: RequestDefaults, allowsEmptyPrompt: Bool) {
        (self.defaults, self.allowsEmptyPrompt) = (defaults, allowsEmptyPrompt)
        members = defaults.members
    }

    /// Takes a text as the prompt.
    mutating func setPrompt(_ text: [UInt8]) throws(RowProblem) {
        set(try PromptField(text: text, allowsEmpty: allowsEmptyPrompt))
    }

    /// Takes a field of the row.
    mutating func add(_ key: [UInt8], _ value: JSONView) throws(RowProblem) {
        guard seen.insert(key).inserted else { throw RowProblem.repeated(key) }
        switch String(decoding: key, as: UTF8.self) {
        case "custom_id", "stream_options": return
        case "stream":
            guard value.isNull || value.kind == .bool else { throw RowProblem("stream: not true or false") }
            wantsStream = value.bool
        case "prompt": set(try PromptField(value, allowsEmpty: allowsEmptyPrompt))
        case "messages": throw RowProblem("'messages' is for chat; completions take a 'prompt'")
        case "model":
            guard value.kind == .string else { throw RowProblem("model: not a string") }
            set(key, JSONValue(value))
        default: set(key, JSONValue(value))
        }
    }

    /// The row.
    func finish(number: Int, id: [UInt8]) throws(RowProblem) -> Row {
        guard let size else { throw RowProblem("the row has no 'prompt'") }
        let body = JSONValue.object(members)
        return Row(
            number: number, id: id, body: body, digest: RequestDigest(of: body), wantsStream: wantsStream,
            promptSize: size)
    }

    private mutating func set(_ prompt: PromptField) {
        members[RequestDefaults.promptPlace].value = prompt.value
        size = prompt.size
    }

    private mutating func set(_ key: [UInt8], _ value: JSONValue) {
        if let place = defaults.places[key] {
            members[place].value = value
        } else {
            members.append(JSONMember(key: key, value: value))
        }
    }
}
