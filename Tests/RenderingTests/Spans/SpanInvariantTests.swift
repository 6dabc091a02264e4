import API
import JSON
import Logprobs
import TestSupport
import Testing

@testable import Rendering

@Suite("The text of heatmap and page, whatever the tokens are")
struct SpanInvariantTests {
    private static let words = [
        "It", " was", "夜", "😀", "\n", " \\(x\\)", "é", "\u{FFFD}", "[a]", "{", "\u{202e}", "<b>&", "a", " a", "\t",
        "\u{1b}[m",
        "Ġ", "e\u{301}", "👩\u{200d}🚀",
    ]

    /// How a server names a token that has these bytes.
    private enum Spelling: CaseIterable {
        case own, byteLevel, sentencePiece, escaped, hexadecimal, id, none, empty, replaced, other

        func name(_ bytes: ArraySlice<UInt8>) -> JSONValue {
            let text = String(decoding: bytes, as: UTF8.self)
            switch self {
            case .own: return .text(text)
            case .byteLevel:
                var name = ""
                for byte in bytes { name.unicodeScalars.append(Self.alphabet[Int(byte)]) }
                return .text(name)
            case .sentencePiece: return .text(text.replacing(" ", with: "▁"))
            case .escaped: return .text("bytes:" + bytes.map { "\\x" + Self.hex($0) }.joined())
            case .hexadecimal: return .text("<0x\(Self.hex(bytes.first ?? 0))>")
            case .id: return .text("token_id:\(bytes.count)")
            case .none: return .null
            case .empty: return ""
            case .replaced: return "\u{FFFD}"
            case .other: return "<|end|>"
            }
        }

        private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

        /// GPT-2's.
        private static let alphabet: [Unicode.Scalar] = {
            var others: UInt32 = 0x100
            return (UInt32(0)..<256).map { byte in
                if 0x21...0x7E ~= byte || 0xA1...0xAC ~= byte || 0xAE...0xFF ~= byte {
                    return Unicode.Scalar(byte) ?? " "
                }
                others += 1
                return Unicode.Scalar(others - 1) ?? " "
            }
        }()
    }

    /// A choice in parts: texts, and what a chunk tells of its tokens.
    private struct Reply {
        var texts: [String] = []
        var chunks: [[(name: JSONValue, offset: JSONValue)]] = []

        /// Mostly what a server could send; in some places anything.
        init(_ generator: inout Xorshift) {
            let usual = Spelling.allCases.randomElement(using: &generator) ?? .own
            let unit = Int.random(in: 0...3, using: &generator)
            var offset = Int.random(in: 0...20, using: &generator)
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                var text = ""
                var tokens: [(JSONValue, JSONValue)] = []
                for _ in 0..<Int.random(in: 0...5, using: &generator) {
                    let word = SpanInvariantTests.words.randomElement(using: &generator) ?? ""
                    let bytes = Array(word.utf8)
                    let cut =
                        Int.random(in: 0..<4, using: &generator) == 0
                        ? Int.random(in: 0...bytes.count, using: &generator) : 0
                    for part in [bytes[..<cut], bytes[cut...]] where !part.isEmpty {
                        let isOdd = Int.random(in: 0..<8, using: &generator) == 0
                        let spelling = isOdd ? Spelling.allCases.randomElement(using: &generator) ?? .own : usual
                        let told = isOdd ? Int.random(in: -5...40, using: &generator) : offset
                        tokens.append((spelling.name(part), unit == 3 ? .null : .integer(told)))
                    }
                    offset += [word.unicodeScalars.count, word.utf16.count, bytes.count, 0][unit]
                    if Int.random(in: 0..<12, using: &generator) > 0 { text += word }
                }
                if Int.random(in: 0..<6, using: &generator) == 0 { tokens.shuffle(using: &generator) }
                texts.append(text)
                chunks.append(tokens)
            }
            if Int.random(in: 0..<3, using: &generator) == 0 { texts.shuffle(using: &generator) }
        }

        /// The chunks of a stream, or the whole in one; every token's log probability is its number, negative.
        func documents(isStream: Bool) -> [String] {
            var number = 0
            let parts = isStream ? Array(zip(texts, chunks)) : [(texts.joined(), chunks.flatMap(\.self))]
            return parts.enumerated().map { place, part in
                let logprobs: [JSONValue] = part.1.map { _ in
                    number += 1
                    return .integer(-number)
                }
                let choice: JSONValue = [
                    "index": 0, "text": .text(part.0), "finish_reason": place == parts.count - 1 ? "stop" : nil,
                    "logprobs": [
                        "tokens": .array(part.1.map(\.name)), "text_offset": .array(part.1.map(\.offset)),
                        "token_logprobs": .array(logprobs),
                    ],
                ]
                let reply: JSONValue = ["choices": [choice]]
                return String(decoding: reply.jsonBytes, as: UTF8.self)
            }
        }
    }

    @Test(
        "the text shown is the completion's, and each token is reported once", arguments: 1...40 as ClosedRange<UInt64>)
    func invariant(seed: UInt64) {
        var generator = Xorshift(state: seed &* 0x9E37_79B9_7F4A_7C15)
        for _ in 0..<8 {
            let reply = Reply(&generator)
            let text = Array(reply.texts.joined().utf8)
            for isStream in [false, true] {
                let documents = reply.documents(isStream: isStream)
                for isColored in [false, true] {
                    let heatmap = Rendered(.heatmap, documents) { context in
                        context.separator = .nul
                        if isColored { context.color = ColorSupport(depth: .direct, hasAttributes: true) }
                    }
                    #expect(ShownText.ofHeatmap(heatmap.text, isColored: isColored) == text, "\(documents)")
                }
                let page = Rendered(.html, documents).text
                #expect(ShownText.ofPage(page) == text, "\(documents)")
                #expect(
                    spans(documents).flatMap(\.tokens).compactMap(\.logprob).sorted() == numbers(reply), "\(documents)")
                let count = reply.chunks.reduce(0) { $0 + $1.count }
                #expect(page.contains("<th scope=\"row\">Tokens</th><td>\(count)</td>") == (count > 0))
            }
        }
    }

    /// The spans that the reader makes of a stream.
    private func spans(_ documents: [String]) -> [TextSpan] {
        var decoder = ReplyDecoder()
        var reader = SpanReader()
        var joiner = SurrogateJoiner()
        var spans: [TextSpan] = []
        for document in documents {
            for case .chunk(let chunk) in decoder.feed(Array("data: \(document)\n\n".utf8)[...]) {
                spans += chunk.choices.flatMap { reader.read($0, &joiner, showsTokenIDs: false) }
            }
        }
        return spans + reader.read(nil, [], isLast: true)
    }

    private func numbers(_ reply: Reply) -> [Double] {
        let count = reply.chunks.reduce(0) { $0 + $1.count }
        return (0..<count).map { Double($0 - count) }
    }
}
