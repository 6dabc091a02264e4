import API
import JSON
import Testing

@testable import Rendering

@Suite("A response that tries to steer the terminal")
struct HostileReplyTests {
    /// What a terminal acts on: a title, a clipboard, a color, C1 controls, an overwritten line, reordered text.
    private static let hostile = [
        "\u{1b}]0;title\u{7}", "\u{1b}]52;c;aGk=\u{1b}\\", "\u{1b}[31mred", "\u{1b}[2J\u{1b}[5D\u{1b}[K", "\u{9b}31m",
        "\u{85}", "\u{8}\u{8}\u{7f}", "a\rb", "\u{202e}abc\u{2066}", "\u{0}\u{c}\u{b}", "[0m\u{1b}",
    ]

    /// Each format, as a terminal gets it in each depth of color, and whether the response comes in pieces.
    private static let views = Format.all.flatMap { format in
        ColorDepth.allCases.flatMap { depth in [(format, depth, false), (format, depth, true)] }
    }

    private func chunk(_ text: String, isLast: Bool) -> JSONValue {
        let token: JSONValue = .text(text)
        let logprobs: JSONValue = [
            "tokens": [token], "token_logprobs": [.double(-2.5)], "text_offset": [0],
            "top_logprobs": [.object([JSONMember(text, .double(-0.5)), JSONMember("x" + text, .double(-1.5))])],
        ]
        return [
            "id": token, "model": token, "system_fingerprint": token,
            "choices": [
                [
                    "index": 0, "text": token, "logprobs": logprobs, "reasoning_logprobs": logprobs,
                    "finish_reason": isLast ? token : .null,
                ]
            ],
        ]
    }

    /// What stands in the output of a format's own sequences, with a mark in place of each.
    private func withoutOwn(_ text: String) -> String {
        text.replacing(#/\u{1b}\[[0-9;]*m/#, with: "\u{25a0}")
    }

    @Test("reaches it in no format", arguments: views)
    func shown(format: Format, depth: ColorDepth, isStream: Bool) {
        for text in Self.hostile {
            let chunks = [chunk(text, isLast: false), chunk(text, isLast: true)]
            let documents = chunks.map { String(decoding: $0.jsonBytes, as: UTF8.self) }
            let output = Rendered(format, isStream ? documents : [documents[1]], isWholeReply: !isStream) { context in
                context.isTerminal = true
                context.width = 80
                context.topCount = 2
                context.color = ColorSupport(depth: depth, hasAttributes: depth > .none)
            }.text
            let rest = depth == .none ? output : withoutOwn(output)
            let found = rest.unicodeScalars.filter { scalar in
                switch scalar.value {
                case 0x0A, 0x09: false
                case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
                default: false
                }
            }
            #expect(found.isEmpty, "\(format.name) of \(text.debugDescription): \(output.debugDescription)")
            #expect(!output.contains("\u{1b}[31m"), "\(format.name)")
        }
    }

    @Test("reaches it in no format that is added, whatever its renderer does")
    func anotherFormat() {
        struct Careless: Renderer {
            mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
                for choice in chunk.choices { output += choice.text }
            }
            mutating func finish(isWhole: Bool, to output: inout [UInt8]) {}
        }
        let format = Format(
            name: "careless", summary: "", impliedLogprobs: nil, streamsToTerminal: true, reportsErrorsAsJSON: false
        ) { _ in Careless() }
        let document = String(decoding: chunk("\u{1b}[31mred", isLast: true).jsonBytes, as: UTF8.self)
        #expect(Rendered(format, [document]) { $0.isTerminal = true }.text == #"\x1b[31mred"#)
        #expect(Rendered(format, [document]).text == "\u{1b}[31mred")
    }
}
