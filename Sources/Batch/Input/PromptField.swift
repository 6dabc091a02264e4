import JSON

/// A row's `prompt` in one of the API's four forms: text, texts, token IDs, or lists of token IDs.
struct PromptField {
    /// As it is sent.
    let value: JSONValue
    /// How large it is.
    let size: PromptSize

    /// A text.
    ///
    /// - Parameter allowsEmpty: whether an empty text may be sent.
    init(text: [UInt8], allowsEmpty: Bool) throws(RowProblem) {
        guard allowsEmpty || !text.isEmpty else { throw Self.empty }
        value = .string(text)
        size = PromptSize(text: text)
    }

    /// A field's value.
    init(_ view: JSONView, allowsEmpty: Bool) throws(RowProblem) {
        if let text = view.stringBytes {
            self = try PromptField(text: text, allowsEmpty: allowsEmpty)
            return
        }
        var size = PromptSize()
        let value: JSONValue
        guard view.kind == .array else { throw Self.wrongForm }
        var elements = view.elements
        guard let first = elements.next() else { throw RowProblem("prompt: an empty list") }
        switch first.kind {
        case .string:
            var texts: [JSONValue] = []
            for element in view.elements {
                guard let text = element.stringBytes else { throw Self.wrongForm }
                guard allowsEmpty || !text.isEmpty else { throw Self.empty(texts.count, of: view) }
                size.add(text: text)
                texts.append(.string(text))
            }
            value = .array(texts)
        case .number:
            size.add(tokens: try Self.countTokens(view))
            value = Self.numbers(view)
        case .array:
            for list in view.elements {
                guard list.kind == .array else { throw Self.wrongForm }
                let count = try Self.countTokens(list)
                guard allowsEmpty || count > 0 else { throw Self.empty(size.promptCount, of: view) }
                size.add(tokens: count)
            }
            value = Self.numbers(view)
        default: throw Self.wrongForm
        }
        self = PromptField(value: value, size: size)
    }

    private init(value: JSONValue, size: PromptSize) {
        (self.value, self.size) = (value, size)
    }

    private static func countTokens(_ list: JSONView) throws(RowProblem) -> Int {
        var count = 0
        for id in list.elements {
            let isPlain =
                id.kind == .number && id.source.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            guard isPlain || (id.integer.map { $0 >= 0 } ?? false) else { throw wrongForm }
            count += 1
        }
        return count
    }

    /// Lists of numbers as they are spelled: 50,000 values on their own would take a hundred times the memory.
    private static func numbers(_ view: JSONView) -> JSONValue {
        (try? JSONDocument(parsing: view.compactBytes)).map(JSONValue.document) ?? JSONValue(view)
    }

    private static let wrongForm = RowProblem("prompt: not text, a list of texts, token IDs, or lists of token IDs")
    private static let empty = RowProblem("the prompt is empty; --allow-empty-prompt sends it")

    private static func empty(_ index: Int, of view: JSONView) -> RowProblem {
        RowProblem(
            "prompt \(index + 1) of \(view.elements.count { _ in true }) is empty; --allow-empty-prompt sends it")
    }
}
