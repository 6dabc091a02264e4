import JSON

/// Makes questions for scores of records: `{"prompt", "continuations", "answer"}` or `{"text"}`, with an optional `custom_id`
/// and `model`.
///
/// A row's body, which its digest is of, is the row in that order, `model` first and without `custom_id`, then the fields that
/// each of its requests has. A prompt, a continuation and a text may be token IDs; an answer is kept as the index of its
/// continuation.
public struct ScoreRowParser: RowParsing {
    /// JSON Lines.
    public var format: InputFormat { .jsonl }
    private let defaults: RequestDefaults
    private let asksOnce: Bool

    /// A parser.
    ///
    /// - Parameters:
    ///   - defaults: the model, and the fields of each request.
    ///   - asksOnce: whether all continuations are text and are scored by one request for the prompt, rather than each by one
    ///     of its own.
    public init(defaults: RequestDefaults, asksOnce: Bool) {
        (self.defaults, self.asksOnce) = (defaults, asksOnce)
    }

    /// The row that a record is.
    public func parse(_ record: Record) -> Result<Row, RowError> {
        var id = RowParser.id(of: record.number)
        do throws(RowProblem) {
            try record.checkLength(format)
            let form = "a row is an object with a prompt and continuations, or a text"
            let (root, fields) = try record.readJSON(id: &id, form)
            guard root.kind == .object else { throw RowProblem("not an object; \(form)") }
            try fields.checkNames()
            return .success(try row(fields, number: record.number, id: id))
        } catch {
            return .failure(RowError(number: record.number, id: id, reason: error.reason))
        }
    }

    /// The names of the members that a row may have.
    private enum Name {
        static let text = Array("text".utf8)
        static let continuations = Array("continuations".utf8)
        static let answer = Array("answer".utf8)
        static let all = [RowName.customID, RowName.model, RowName.prompt, continuations, answer, text]
    }

    private func row(_ fields: RowFields, number: Int, id: [UInt8]) throws(RowProblem) -> Row {
        for (name, _) in fields.members where !Name.all.contains(name) {
            let names = Name.all.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
            throw RowProblem("field \(RowProblem.quoted(name)) is not one of \(names)")
        }
        var members = [defaults.members[0]]
        if let model = fields[RowName.model] {
            guard model.kind == .string else { throw RowProblem("model: not a string") }
            members[0].value = JSONValue(model)
        }
        var size = PromptSize()
        if let text = fields[Name.text] {
            let others = [RowName.prompt, Name.continuations, Name.answer]
            guard others.allSatisfy({ fields[$0] == nil }) else {
                throw RowProblem("a row has a text, or a prompt with continuations, not both")
            }
            guard !asksOnce else { throw RowProblem("--method next-token scores no text") }
            let part = try Part(text, "text")
            guard !part.isEmpty else { throw RowProblem("the text is empty") }
            members.append(JSONMember(key: Name.text, value: part.value))
            part.add(after: nil, to: &size)
        } else {
            members += try question(fields, &size)
        }
        let own = defaults.members.dropFirst(RequestDefaults.promptPlace + 1)
        let body = JSONValue.object(members + own)
        return Row(
            number: number, id: id, body: body, digest: RequestDigest(of: body), promptSize: size,
            requestCount: size.promptCount)
    }

    /// The members of a prompt with continuations.
    private func question(_ fields: RowFields, _ size: inout PromptSize) throws(RowProblem) -> [JSONMember] {
        guard let source = fields[RowName.prompt] else { throw RowProblem("the row has no 'prompt' and no 'text'") }
        let prompt = try Part(source, "prompt")
        guard let list = fields[Name.continuations] else { throw RowProblem("the row has no 'continuations'") }
        guard list.kind == .array else { throw RowProblem("continuations: not a list") }
        var parts: [Part] = []
        for element in list.elements {
            let name = "continuation \(parts.count)"
            let part = try Part(element, name)
            guard !part.isEmpty else { throw RowProblem("\(name) is empty") }
            guard part.isTokens == prompt.isTokens else {
                throw RowProblem("a prompt and its continuations are all text or all token IDs")
            }
            parts.append(part)
            if !asksOnce { part.add(after: prompt, to: &size) }
        }
        guard !parts.isEmpty else { throw RowProblem("continuations: an empty list") }
        if asksOnce {
            guard !prompt.isTokens else { throw RowProblem("--method next-token scores text, not token IDs") }
            prompt.add(after: nil, to: &size)
        }
        var members = [
            JSONMember(key: RowName.prompt, value: prompt.value),
            JSONMember(key: Name.continuations, value: .array(parts.map(\.value))),
        ]
        if let answer = fields[Name.answer], !answer.isNull {
            members.append(JSONMember(key: Name.answer, value: .integer(try index(of: answer, among: parts))))
        }
        return members
    }

    /// Which continuation an answer is, given by its index or as it is written.
    private func index(of answer: JSONView, among parts: [Part]) throws(RowProblem) -> Int {
        if answer.kind == .number {
            guard let index = answer.integer, parts.indices.contains(index) else {
                throw RowProblem(
                    "answer: \(String(decoding: answer.source.prefix(40), as: UTF8.self)) is not in 0..\(parts.count - 1)"
                )
            }
            return index
        }
        let value = try Part(answer, "answer").value.jsonBytes
        guard let index = parts.firstIndex(where: { $0.value.jsonBytes == value }) else {
            throw RowProblem("answer: \(RowProblem.quoted(value)) is none of the continuations")
        }
        return index
    }
}

/// A prompt, a continuation or a text of a row.
private struct Part {
    /// A string, or a list of numbers.
    let value: JSONValue
    let isTokens: Bool
    let isEmpty: Bool
    private let text: [UInt8]
    private let count: Int

    init(_ view: JSONView, _ name: String) throws(RowProblem) {
        if let text = view.stringBytes {
            (value, isTokens, isEmpty, self.text, count) = (.string(text), false, text.isEmpty, text, 0)
            return
        }
        guard view.kind == .array else { throw RowProblem("\(name): not text or a list of token IDs") }
        var ids: [JSONValue] = []
        for element in view.elements {
            guard let id = element.integer, id >= 0 else {
                throw RowProblem("\(name): not text or a list of token IDs")
            }
            ids.append(.integer(id))
        }
        (value, isTokens, isEmpty, text, count) = (.array(ids), true, ids.isEmpty, [], ids.count)
    }

    /// Counts what is sent of it after another part.
    func add(after other: Part?, to size: inout PromptSize) {
        if isTokens {
            size.add(tokens: (other?.count ?? 0) + count)
        } else {
            size.add(text: (other?.text ?? []) + text)
        }
    }
}
