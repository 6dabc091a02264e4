import JSON
import Testing

@testable import Rendering

@Suite("What a terminal gets to see of control characters")
struct TerminalGuardTests {
    private func chunk(_ text: String) -> String {
        let spelling = JSONValue.string(Array(text.utf8)).jsonBytes.dropFirst().dropLast()
        return Rendered.chunk(String(decoding: spelling, as: UTF8.self))
    }

    private func shown(
        _ pieces: [String], _ format: Format = .text, _ change: (inout RenderContext) -> Void = { _ in }
    ) -> String {
        Rendered(format, pieces.map(chunk) + [Rendered.chunk("", end: true)]) {
            $0.isTerminal = true
            change(&$0)
        }.text
    }

    @Test(
        "text",
        arguments: [
            ("a\tb\nc", "a\tb\nc"), ("\u{1b}]52;c;aGk=\u{7}", #"\x1b]52;c;aGk=\x07"#), ("a\r\nb", "a\\r\nb"),
            ("\u{0}\u{7f}\u{8}", #"\x00\x7f\x08"#), ("\u{9b}2J\u{85}", #"\u{9b}2J\u{85}"#),
            ("\u{202e}abc\u{2066}", #"\u{202e}abc\u{2066}"#), ("שלום\u{200f} é 漢 👩‍🚀", "שלום\u{200f} é 漢 👩‍🚀"),
        ])
    func text(input: String, output: String) {
        #expect(shown([input]) == output + "\n")
    }

    @Test("a sequence split over chunks is none")
    func split() {
        #expect(shown(["\u{1b}", "]0;title", "\u{7}"]) == "\\x1b]0;title\\x07\n")
    }

    @Test("a pipe gets the bytes, and so does a terminal that asked for them")
    func exact() {
        #expect(shown(["\u{1b}[2J"]) { $0.isTerminal = false } == "\u{1b}[2J")
        #expect(shown(["\u{1b}[2J"]) { $0.isRaw = true } == "\u{1b}[2J\n")
    }

    @Test("JSON stays the same value", arguments: [Format.json, .jsonl])
    func json(format: Format) {
        let text = shown(["a\u{9b}\u{202e}\u{7f}\u{1b}é"], format)
        #expect(text.contains(#"a\u009b\u202e\u007f\u001bé"#))
        for line in text.split(separator: "\n") where format.name == "jsonl" {
            #expect((try? JSONDocument(parsing: Array(line.utf8))) != nil)
        }
    }
}
