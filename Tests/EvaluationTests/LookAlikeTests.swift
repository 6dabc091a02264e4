import JSON
import Testing

@testable import Evaluation

@Suite("Spellings that look alike")
struct LookAlikeTests {
    private func isAlike(_ a: String, _ b: String) -> Bool {
        LookAlike.isAlike(CodePoints.read(Array(a.utf8)), CodePoints.read(Array(b.utf8)))
    }

    @Test("every row of the table pairs one character with one")
    func rows() {
        for (others, plain) in LookAlike.twins {
            #expect(others.unicodeScalars.count == plain.unicodeScalars.count, "\(plain)")
            #expect(
                plain.utf8.allSatisfy { $0 < 0x80 }
                    && others.unicodeScalars.allSatisfy { !plain.unicodeScalars.contains($0) })
        }
    }

    @Test(
        "composed and decomposed, blanks, scripts, widths, dashes, quotes, and what leaves no ink",
        arguments: [
            ("\u{e9}", "e\u{301}"), ("\u{1e69}", "s\u{307}\u{323}"), ("\u{ac00}", "\u{1100}\u{1161}"),
            ("a b", "a\u{a0}b"),
            (" ", "\u{3000}"), (" ", "\u{2800}"), ("a", "\u{430}"), ("A", "\u{391}"), ("A", "\u{ff21}"),
            ("-", "\u{2212}"),
            ("'", "\u{2019}"), ("ab", "a\u{200b}b"), ("a", "a\u{3164}"), ("\u{212b}", "\u{c5}"),
        ])
    func alike(a: String, b: String) {
        #expect(isAlike(a, b) && isAlike(b, a) && !isAlike(a, a))
    }

    @Test(
        "others are not",
        arguments: [("a", "b"), ("a", "A"), ("e", "\u{e9}"), ("ss", "\u{df}"), ("", "a"), (" a", "a")])
    func different(a: String, b: String) {
        #expect(!isAlike(a, b))
    }

    @Test("a surrogate without its partner has its own code point, and its escape in JSON")
    func surrogates() {
        let bytes: [UInt8] = [0x61, 0xED, 0xA0, 0xBD, 0xF0, 0x9F, 0x98, 0x80, 0xFF, 0x22]
        let points = CodePoints.read(bytes)
        #expect(points == [0x61, 0xD83D, 0x1F600, 0xFFFD, 0x22])
        #expect(CodePoints.names(of: points) == "U+0061 U+D83D U+1F600 U+FFFD U+0022")
        #expect(String(decoding: CodePoints.bytes(of: points), as: UTF8.self) == "a\u{fffd}😀\u{fffd}\"")
        #expect(CodePoints.json(bytes).jsonBytes.elementsEqual("\"a\\ud83d😀\u{fffd}\\\"\"".utf8))
        #expect(CodePoints.read([]).isEmpty && CodePoints.read([0xED, 0xA0]) == [0xFFFD, 0xFFFD])
    }
}
