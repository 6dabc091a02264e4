import API

/// Whether the offsets that a server gives its tokens agree with where they stand in the text.
///
/// An offset may count characters, UTF-16 units or bytes of the text, or the characters of the tokens' names, which differ
/// from the text's where a name stands for a part of a character; it may begin at any number. One of these must fit all.
struct OffsetCheck {
    /// Of text or names up to a place, by unit.
    private typealias Counts = SIMD4<Int>

    /// - Parameters:
    ///   - tokens: each has an offset.
    /// - Throws: ``EchoProblem/offsets(token:)`` with the first token that no unit fits.
    static func check(
        _ tokens: [TokenLogprob], _ spans: [TokenAlignment.Span], on text: [UInt8]
    ) throws(EchoProblem) {
        guard let first = spans.first, let start = tokens[first.tokens.lowerBound].offset else { return }
        let origin = Counts(repeating: start)
        var passed = Counts.zero
        // 1 while nothing has contradicted the unit.
        var fitting = Counts(repeating: 1)
        for span in spans {
            let offset = tokens[span.tokens.lowerBound].offset ?? 0
            for unit in 0..<4 where origin[unit] &+ passed[unit] != offset { fitting[unit] = 0 }
            guard fitting != .zero else { throw .offsets(token: span.tokens.lowerBound) }
            for byte in text[span.bytes] {
                let isLead = byte & 0xC0 != 0x80
                passed &+= Counts(isLead ? 1 : 0, isLead ? (byte >= 0xF0 ? 2 : 1) : 0, 1, 0)
            }
            for token in tokens[span.tokens] { passed[3] &+= token.text?.count { $0 & 0xC0 != 0x80 } ?? 0 }
        }
    }
}
