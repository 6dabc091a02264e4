import Testing

@testable import Rendering

@Suite("Tokens made visible")
struct TokenTextTests {
    @Test(
        "everything that can be seen stays, everything else is spelled out",
        arguments: [
            ("", #""""#), (" a b ", #"" a b ""#), ("\n\t\r", #""\n\t\r""#), ("\r\n", #""\r\n""#),
            ("\"\\", #""\"\\""#), ("'", #""'""#), ("\u{0}\u{7f}", #""\x00\x7f""#), ("\u{1b}[0m", #""\x1b[0m""#),
            ("\u{80}\u{9b}", #""\u{80}\u{9b}""#), ("\u{a0}", #""\u{a0}""#), ("a\u{3000}b", #""a\u{3000}b""#),
            ("\u{2003}\u{2028}", #""\u{2003}\u{2028}""#), ("\u{200b}", #""\u{200b}""#), ("a\u{ad}b", #""a\u{ad}b""#),
            ("\u{202e}a", #""\u{202e}a""#), ("\u{feff}", #""\u{feff}""#), ("\u{e000}", #""\u{e000}""#),
            ("\u{fffff}", #""\u{fffff}""#), ("\u{301}", #""\u{301}""#), ("\u{301}a", #""\u{301}a""#),
            ("\u{200d}", #""\u{200d}""#), ("👨\u{200d}", #""👨\u{200d}""#), ("\u{fe0f}", #""\u{fe0f}""#),
            ("e\u{301}", "\"e\u{301}\""), ("夜é한", "\"夜é한\""), ("👨‍👩‍👧🇩🇪❤️", "\"👨‍👩‍👧🇩🇪❤️\""), ("\u{fffd}", "\"\u{fffd}\""),
        ])
    func characters(text: String, expected: String) {
        #expect(TokenText.quote(Array(text.utf8)).utf8.elementsEqual(expected.utf8))
    }

    @Test("bytes that are no character are spelled one by one")
    func bytes() {
        #expect(TokenText.quote([0x61, 0xFF, 0xE5, 0xA4]) == #""a\xff\xe5\xa4""#)
        #expect(TokenText.quote([0xA4, 0x9C, 0x62]) == #""\xa4\x9cb""#)
        #expect(TokenText.quote([0xED, 0xA0, 0x80]) == #""\xed\xa0\x80""#)
    }
}
