import Platform
import Testing

@Suite("Visible text")
struct VisibleTextTests {
    @Test(
        "what a terminal would act on is spelled out",
        arguments: [
            ("\n", #"\n"#), ("\r\n", #"\r\n"#), ("\t", #"\t"#), ("\u{0}", #"\x00"#), ("\u{1b}[31m", #"\x1b[31m"#),
            ("\u{7}", #"\x07"#), ("\u{8}", #"\x08"#), ("\u{7f}", #"\x7f"#), ("\u{80}", #"\u{80}"#),
            ("\u{9b}31m", #"\u{9b}31m"#), ("\u{202e}abc", #"\u{202e}abc"#), ("\u{2066}", #"\u{2066}"#),
            ("\u{2069}", #"\u{2069}"#), ("\u{200e}\u{200f}", #"\u{200e}\u{200f}"#), ("\u{61c}", #"\u{61c}"#),
            ("\u{2028}\u{2029}", #"\u{2028}\u{2029}"#),
        ])
    func spelled(text: String, expected: String) {
        #expect(VisibleText.escape(text).utf8.elementsEqual(expected.utf8))
    }

    @Test("everything else stays as it is", arguments: ["", "a b", #"\n "'"#, "é", "e\u{301}", "夜", "👨‍👩‍👧", "\u{a0}"])
    func kept(text: String) {
        #expect(VisibleText.escape(text).utf8.elementsEqual(text.utf8))
    }

    @Test("bytes that are not UTF-8 are spelled one by one")
    func invalidBytes() {
        #expect(VisibleText.escape([0x61, 0xFF, 0xE5, 0xA4, 0x62, 0x0A, 0xC0]) == #"a\xff\xe5\xa4b\n\xc0"#)
    }

    @Test("newline and tab stay where lines are kept, other controls do not")
    func keptLines() {
        #expect(VisibleText.escape("a\n\tb\r\u{1b}", keepsLines: true) == "a\n\tb\\r\\x1b")
    }

    @Test(
        "a message also spells out what can't be seen, joiners and tags included",
        arguments: [
            ("a\u{200d}b", #"a\u{200d}b"#), ("\u{200b}\u{feff}", #"\u{200b}\u{feff}"#), ("\u{e0041}", #"\u{e0041}"#),
            ("e\u{fe0f}", #"e\u{fe0f}"#), ("\u{ad}", #"\u{ad}"#), ("\u{3164}", #"\u{3164}"#),
            ("\u{2060}", #"\u{2060}"#),
            ("\u{200f}", #"\u{200f}"#), ("夜 é \u{1F600}", "夜 é \u{1F600}"),
        ])
    func unseen(text: String, expected: String) {
        #expect(VisibleText.spell(text).utf8.elementsEqual(expected.utf8))
    }
}
