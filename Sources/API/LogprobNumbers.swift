import JSON

extension JSONDocument {
    /// Whether each `NaN` and infinity in a response stands where a log probability does: in `token_logprobs`, as a value of
    /// `top_logprobs`, or as a `logprob` of the chat shape.
    var isFiniteButForLogprobs: Bool {
        guard let choices = root["choices"] else { return false }
        let found = choices.elements.reduce(0) { count, choice in
            count + choice.members.reduce(0) { $0 + Self.nonFiniteLogprobs($1.key, $1.value) }
        }
        return found == nonFiniteCount
    }

    private static func nonFiniteLogprobs(_ key: JSONView, _ value: JSONView) -> Int {
        guard key.hasString("logprobs") || key.hasString("reasoning_logprobs") else { return 0 }
        return value.members.reduce(0) { count, member in
            count
                + member.value.elements.reduce(0) { count, element in
                    count + nonFinite(member.key, element)
                }
        }
    }

    /// How many there are in an element of one of the arrays.
    private static func nonFinite(_ array: JSONView, _ element: JSONView) -> Int {
        if array.hasString("token_logprobs") { return element.isNonFinite ? 1 : 0 }
        if array.hasString("top_logprobs") { return element.members.reduce(0) { $0 + ($1.value.isNonFinite ? 1 : 0) } }
        guard array.hasString("content") else { return 0 }
        return element.members.reduce(0) { count, member in
            if member.key.hasString("logprob") { return count + (member.value.isNonFinite ? 1 : 0) }
            guard member.key.hasString("top_logprobs") else { return count }
            return count
                + member.value.elements.reduce(0) { count, alternative in
                    count
                        + alternative.members.reduce(0) { count, member in
                            count + (member.key.hasString("logprob") && member.value.isNonFinite ? 1 : 0)
                        }
                }
        }
    }
}

extension JSONView {
    /// A log probability; minus infinity is that of a token with probability 0. nil for what is none, `NaN` and `Infinity`
    /// among it.
    var logprob: Double? { Self.logprob(double) }

    /// A number as a log probability.
    static func logprob(_ number: Double?) -> Double? { number.flatMap { $0.isNaN || $0 == .infinity ? nil : $0 } }
}
