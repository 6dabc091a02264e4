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
            ("\u{3164}", #""\u{3164}""#), ("\u{2800}", #""\u{2800}""#), ("\u{115f}\u{1160}", #""\u{115f}\u{1160}""#),
            ("a\u{ffa0}b", #""a\u{ffa0}b""#), ("a\u{34f}b", #""a\u{34f}b""#), ("a\u{17b5}", #""a\u{17b5}""#),
            ("\u{1d159}", #""\u{1d159}""#), ("\u{13441}\u{16fe4}", #""\u{13441}\u{16fe4}""#),
            ("a\u{fe0f}b", #""a\u{fe0f}b""#), ("a\u{e0100}", #""a\u{e0100}""#), ("a\u{200d}b", #""a\u{200d}b""#),
            ("葛\u{e0100}", "\"葛\u{e0100}\""), ("1\u{fe0f}\u{20e3}", "\"1\u{fe0f}\u{20e3}\""),
            ("\u{e0041}", #""\u{e0041}""#),
            ("क्\u{200d}ष", "\"क्\u{200d}ष\""), ("⠁", "\"⠁\""),
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
