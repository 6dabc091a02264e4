import Rendering
import Testing

@Suite("Text")
struct TextRendererTests {
    private func chunk(_ text: String, end: Bool = false) -> String { Rendered.chunk(text, end: end) }

    @Test(
        "one choice is its bytes, exactly and as they come",
        arguments: ["\\n", "", " ", "\\u0000", "é\\ud83d\\ude00", "<|eot_id|>"])
    func exact(last: String) {
        let rendered = Rendered(.text, [chunk(" a"), chunk("b\\r\\n"), chunk(last), chunk("", end: true)])
        let characters = ["\\n": "\n", "\\u0000": "\u{0}", "é\\ud83d\\ude00": "é😀"][last] ?? last
        #expect(rendered.progress.prefix(2).elementsEqual([" a", " ab\r\n"]) { $0.utf8.elementsEqual($1.utf8) })
        #expect(rendered.text.utf8.elementsEqual(" ab\r\n\(characters)".utf8))
    }

    @Test("a complete response is its text, without a newline of ours")
    func wholeReply() {
        #expect(Rendered(.text, [chunk("a", end: true)], isWholeReply: true).text == "a")
        #expect(Rendered(.text, [chunk("", end: true)], isWholeReply: true).text == "")
    }

    @Test("half a character, the other of which never comes, is shown as lost")
    func half() {
        let end = #"{"choices":[{"index":0,"finish_reason":"stop"}]}"#
        #expect(Rendered(.text, [chunk("a\\ud83d"), end]).text == "a\u{FFFD}")
        #expect(Rendered(.text, [chunk("a\\ud83d"), chunk("", end: true)]).text == "a\u{FFFD}")
    }

    @Test("what came of a truncated response is there")
    func cutShort() {
        #expect(Rendered(.text, [chunk("a"), chunk("b")], isWhole: false).text == "ab")
    }

    @Test(
        "a terminal gets a final newline when the text lacks one",
        arguments: [("a", "a\n"), ("a\\n", "a\n"), ("\\n\\n", "\n\n"), ("", ""), ("a\\r\\n", "a\\r\n")])
    func terminal(text: String, expected: String) {
        for pieces in [[chunk(text, end: true)], [chunk(text), chunk("", end: true)]] {
            let rendered = Rendered(.text, pieces) { $0.isTerminal = true }
            #expect(rendered.text.utf8.elementsEqual(expected.utf8))
        }
        #expect(Rendered(.text, [chunk("a")], isWhole: false) { $0.isTerminal = true }.text == "a\n")
    }
}
