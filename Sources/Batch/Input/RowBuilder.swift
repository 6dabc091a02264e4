import JSON

/// Puts a row together out of its own fields over those of the flags.
struct RowBuilder {
    private let defaults: RequestDefaults
    private let allowsEmptyPrompt: Bool
    private var members: [JSONMember]
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

    /// Takes the row's fields.
    mutating func add(_ fields: RowFields) throws(RowProblem) {
        try fields.checkNames()
        for (name, value) in fields.members { try add(name, value) }
    }

    private mutating func add(_ key: [UInt8], _ value: JSONView) throws(RowProblem) {
        switch key {
        case RowName.customID, RowName.streamOptions: return
        case RowName.stream:
            guard value.isNull || value.kind == .bool else { throw RowProblem("stream: not true or false") }
            wantsStream = value.bool
        case RowName.prompt: set(try PromptField(value, allowsEmpty: allowsEmptyPrompt))
        case RowName.messages: throw RowProblem("'messages' is for chat; completions take a 'prompt'")
        case RowName.model:
            guard value.kind == .string else { throw RowProblem("model: not a string") }
            set(key, JSONValue(value))
        default: set(key, JSONValue(value))
        }
    }

    /// The row.
    ///
    /// - Parameter endsInCarriageReturn: whether it is a line of plain text that does.
    func finish(number: Int, id: [UInt8], endsInCarriageReturn: Bool) throws(RowProblem) -> Row {
        guard let size else { throw RowProblem("the row has no 'prompt'") }
        let body = JSONValue.object(members)
        return Row(
            number: number, id: id, body: body, digest: RequestDigest(of: body), wantsStream: wantsStream,
            promptSize: size, endsInCarriageReturn: endsInCarriageReturn)
    }

    private mutating func set(_ prompt: PromptField) {
        members[RequestDefaults.promptPlace].value = prompt.value
        size = prompt.size
    }

    private mutating func set(_ key: [UInt8], _ value: JSONValue) {
        if let place = defaults.place(of: key) {
            members[place].value = value
        } else {
            members.append(JSONMember(key: key, value: value))
        }
    }
}
