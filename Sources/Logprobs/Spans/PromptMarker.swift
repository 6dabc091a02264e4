/// Tells which of a choice's spans are its prompt, given back. A server that does not give it back is found out by its text.
public struct PromptMarker {
    private var extent: EchoedPrompts.Extent?
    private var matched = 0

    /// - Parameter extent: nil when no prompt is given back.
    public init(_ extent: EchoedPrompts.Extent?) {
        self.extent = extent
    }

    /// The next spans, marked; one that is prompt and completion is split.
    public mutating func mark(_ spans: [TextSpan]) -> [TextSpan] {
        guard extent != nil else { return spans }
        return spans.flatMap { mark($0) }
    }

    private mutating func mark(_ span: TextSpan) -> [TextSpan] {
        var marked = span
        marked.isPrompt = true
        switch extent {
        case nil: return [span]
        case .tokens(let count):
            guard matched < count, !span.tokens.isEmpty else { return [span] }
            matched += span.tokens.count
            return [marked]
        case .text(let prompt):
            let rest = prompt[matched...]
            // Of tokens that are not in the text only their neighbors tell what they are.
            guard span.placement == .text else {
                // A token that begins every text is no part of the prompt as it was sent.
                let isBefore = matched == 0 && span.logprob == nil && !span.tokens.isEmpty
                return [isBefore || matched > 0 && !rest.isEmpty ? marked : span]
            }
            if matched == 0, !span.tokens.isEmpty, !rest.starts(with: span.text), span.logprob == nil {
                return [marked]
            }
            if !rest.isEmpty, rest.starts(with: span.text) {
                matched += span.text.count
                return [marked]
            }
            extent = nil
            guard span.tokens.isEmpty, !rest.isEmpty, span.text.starts(with: rest) else { return [span] }
            return [
                TextSpan(text: Array(rest), tokens: [], isPrompt: true),
                TextSpan(text: Array(span.text.dropFirst(rest.count)), tokens: []),
            ]
        }
    }
}
