import Logprobs

/// The place in a choice's text where it begins to differ from another's, and the sign that stands there.
struct PageMark {
    /// The token, from 0; nil where texts are compared, not tokens.
    let token: Int?
    /// The byte of the text; nil where that is not known.
    let offset: Int?

    /// Where in a span the sign stands: 0 before it, else before that byte of text without tokens; nil for nowhere.
    ///
    /// - Parameters:
    ///   - token: the number of the span's first token.
    ///   - offset: the byte at which the span begins.
    func place(in span: TextSpan, token first: Int, offset start: Int) -> Int? {
        if let token { return (first..<first + span.tokens.count).contains(token) ? 0 : nil }
        guard let offset, span.placement == .text, (start..<start + span.text.count).contains(offset) else {
            return nil
        }
        return span.tokens.isEmpty ? offset - start : 0
    }

    /// Whether a text of this number of tokens and bytes ends here.
    func isEnd(token count: Int, offset size: Int) -> Bool {
        token.map { $0 == count } ?? (offset == size)
    }

    /// The sign, which links lead to.
    func html(_ side: String, _ index: Int) -> String {
        "<b class=\"d\" id=\"d\(side)\(index)\" tabindex=\"-1\" role=\"img\" aria-label=\"First divergence\">\u{2260}</b>"
    }
}
