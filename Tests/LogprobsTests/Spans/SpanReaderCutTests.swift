import API
import TestSupport
import Testing

@testable import Logprobs

@Suite("Laying tokens on text that comes in pieces")
struct SpanReaderCutTests {
    /// How a server tells of a character's parts.
    enum Parts: CaseIterable {
        case empty, replaced, bytes
    }

    private let words = ["The", " sea", " 夜", "😀", "\\n", " é", "한", ".", " \"", "a"]

    /// Tokens with the text they complete: characters beyond ASCII are split over two or three of them.
    private func tokens(_ parts: Parts, _ generator: inout some RandomNumberGenerator) -> [(json: String, text: String)]
    {
        (0..<30).flatMap { _ -> [(String, String)] in
            let word = words.randomElement(using: &generator) ?? ""
            let bytes = Array(word.utf8)
            guard bytes.count > word.unicodeScalars.count else { return [(token(bytes, nil), word)] }
            let cut = Int.random(in: 1..<bytes.count, using: &generator)
            switch parts {
            case .empty: return [(token([], nil), ""), (token(bytes, nil), word)]
            case .replaced: return [(token([], "\u{FFFD}"), ""), (token([], "\u{FFFD}"), word)]
            case .bytes: return [(token(Array(bytes[..<cut]), nil), ""), (token(Array(bytes[cut...]), nil), word)]
            }
        }
    }

    private func token(_ bytes: [UInt8], _ text: String?) -> String {
        text.map { #"{"token":"\#($0)","logprob":-1}"# } ?? #"{"bytes":\#(bytes),"logprob":-1}"#
    }

    @Test(
        "however it is cut, the spans' text is the text, and no token is lost or torn",
        arguments: Parts.allCases, [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func cuts(parts: Parts, seed: UInt64) {
        var generator = Xorshift(state: seed)
        let tokens = tokens(parts, &generator)
        var reader = SpanReader()
        var spans: [TextSpan] = []
        var place = 0
        while place < tokens.count {
            let end = min(tokens.count, place + Int.random(in: 1...5, using: &generator))
            let chunk = tokens[place..<end]
            let read = Tokens.read(#"{"content":[\#(chunk.map(\.json).joined(separator: ","))]}"#)
            spans += reader.read(Array(chunk.map(\.text).joined().utf8), read, isLast: end == tokens.count)
            place = end
        }
        let shown = spans.filter { $0.placement == .text }
        #expect(shown.flatMap(\.text) == Array(tokens.map(\.text).joined().utf8))
        #expect(spans.map(\.tokens.count).reduce(0, +) == tokens.count)
        #expect(shown.allSatisfy { String(validating: $0.text, as: UTF8.self) != nil })
    }
}
