import JSON
public import Platform

/// A text that a row's fields are filled into: `{name}` stands for a field, `{{` and `}}` for braces, and the escapes of the
/// command line (`\n`, `\t`, ...) for what they always do.
public struct Template: Sendable {
    private enum Part: Sendable {
        case text([UInt8])
        case field([UInt8])
    }

    private var parts: [Part] = []

    /// Reads a template.
    ///
    /// - Throws: ``TemplateError`` for a brace without its partner, a field without a name, an unknown escape, text that is not
    ///   UTF-8, and a template without any field.
    public init(parsing bytes: [UInt8]) throws(TemplateError) {
        var rest = bytes[...]
        var text: [UInt8] = []
        while let byte = rest.first {
            let place = rest.startIndex
            rest = rest.dropFirst()
            switch byte {
            case UInt8(ascii: "\\"):
                guard let escaped = EscapeSequence.take(from: &rest) else {
                    throw TemplateError(
                        "byte \(place) begins none of the escapes \(own: EscapeSequence.list)", at: place)
                }
                text += escaped
            case UInt8(ascii: "{") where rest.first != byte:
                parts += [.text(text), .field(try Self.takeName(from: &rest, openedAt: place))]
                text = []
            case UInt8(ascii: "{"), UInt8(ascii: "}"):
                guard rest.first == byte else {
                    throw TemplateError("'}' at byte \(place) closes nothing; '}}' stands for a brace", at: place)
                }
                rest = rest.dropFirst()
                text.append(byte)
            default: text.append(byte)
            }
        }
        parts.append(.text(text))
        try check(bytes)
    }

    private static func takeName(
        from rest: inout ArraySlice<UInt8>, openedAt place: Int
    ) throws(TemplateError) -> [UInt8] {
        let name = rest.prefix { $0 != UInt8(ascii: "}") && $0 != UInt8(ascii: "{") }
        guard name.endIndex < rest.endIndex, rest[name.endIndex] == UInt8(ascii: "}") else {
            throw TemplateError("'{' at byte \(place) is not closed; '{{' stands for a brace", at: place)
        }
        guard !name.isEmpty else {
            throw TemplateError("'{}' at byte \(place) names no field; '{{}}' stands for braces", at: place)
        }
        rest = rest[(name.endIndex + 1)...]
        return Array(name)
    }

    private func check(_ bytes: [UInt8]) throws(TemplateError) {
        if let offset = UTF8Sequence.firstInvalidOffset(in: bytes) {
            throw TemplateError("not UTF-8 at byte \(offset)", at: offset)
        }
        var hasField = false
        for part in parts {
            switch part {
            case .field: hasField = true
            case .text(let text):
                guard UTF8Sequence.firstInvalidOffset(in: text) == nil else {
                    throw TemplateError("after replacing escapes, the text is not UTF-8", at: 0)
                }
            }
        }
        guard hasField else {
            throw TemplateError("no {field} in it, so that every prompt would be the same", at: 0)
        }
    }

    /// The text with a row's fields filled in: strings as they are, numbers as they are spelled, arrays and objects as
    /// compact JSON. Of fields with the same name the last one counts.
    ///
    /// - Throws: ``RowProblem`` for a field that is missing or null.
    func fill(_ fields: RowFields) throws(RowProblem) -> [UInt8] {
        var prompt: [UInt8] = []
        for part in parts {
            switch part {
            case .text(let text): prompt += text
            case .field(let name):
                guard let value = fields[name] else {
                    throw RowProblem(
                        "field \(RowProblem.quoted(name)) of the template is missing",
                        missingField: MissingField(name, beside: fields))
                }
                guard !value.isNull else {
                    throw RowProblem("field \(RowProblem.quoted(name)) of the template is null")
                }
                prompt += value.stringBytes ?? value.compactBytes
            }
        }
        return prompt
    }
}

/// Why a text is no template.
public struct TemplateError: Error, Equatable, Sendable {
    /// One clause that names the place.
    public let problem: Message
    /// Bytes from the start of the template; 0 where the whole of it is meant.
    public let offset: Int

    init(_ problem: Message, at offset: Int) {
        (self.problem, self.offset) = (problem, offset)
    }
}
