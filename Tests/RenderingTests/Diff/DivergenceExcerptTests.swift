import Testing

@testable import Rendering

@Suite("Excerpts of two texts")
struct DivergenceExcerptTests {
    private func lines(
        _ a: String, _ b: String, at offset: Int, width: Int = 40, marked: Int? = nil, _ color: ColorSupport = .plain
    ) -> [String] {
        DivergenceExcerpt(
            .init(Array(a.utf8), markedSize: marked), .init(Array(b.utf8), markedSize: marked), at: offset,
            width: width, color: color
        ).lines
    }

    @Test("short texts are whole, the caret below the first character that differs")
    func whole() {
        #expect(lines("It was", "It is", at: 3) == ["  a  It was", "  b  It is", "        ^"])
        #expect(lines("", "x", at: 0) == ["  a", "  b  x", "     ^"])
    }

    @Test("long texts are cut to the width on both sides, whatever is in them", arguments: [25, 40, 80, 120, 300])
    func cut(width: Int) {
        for filler in ["x", "夜", "\u{1B}", "👩‍🚀", "e\u{301}", " "] {
            let common = String(repeating: filler, count: 500)
            let found = lines(common + "a" + common, common + "b" + common, at: common.utf8.count, width: width)
            let column = found[2].count - 1
            for (line, own) in zip(found, ["a", "b"]) {
                #expect(Columns.count(line) <= width && line.contains("\u{2026}") && line.hasSuffix("\u{2026}"))
                // The character in the caret's column.
                var place = 0
                let shown = line.first { character in
                    defer { place += Columns.width(of: character) }
                    return place == column
                }
                #expect(shown == Character(own), "\(line)")
            }
        }
    }

    @Test("a text that has room after the divergence gives it to what is before")
    func room() {
        let common = String(repeating: "x", count: 30)
        #expect(lines(common + "a", common + "b", at: 30)[0] == "  a  " + common + "a")
        #expect(lines(common + "xxxxxa", common + "xxxxxb", at: 35)[0].hasPrefix("  a  \u{2026}x"))
    }

    @Test("what a terminal would act on or hide is spelled out; a backslash is doubled")
    func hidden() {
        #expect(lines("\n\t\u{1B}\\\u{202E}\u{200B}a", "b", at: 0)[0] == #"  a  \n\t\x1b\\\u{202e}\u{200b}a"#)
    }

    @Test("a mark that only one has changes the character before it")
    func combining() {
        #expect(lines("ne", "ne\u{301}", at: 2) == ["  a  ne", "  b  ne\u{301}", "      ^"])
        #expect(lines("a\r", "a\r\n", at: 2)[2] == "      ^")
    }

    @Test("colors tell the texts apart, and mark the token; without them it is underlined")
    func colors() {
        let color = ColorSupport(depth: .basic, hasAttributes: true)
        #expect(
            lines("x ab cd", "x ef", at: 1, marked: 3, color).prefix(2) == [
                "  a  x\u{1B}[31;7m ab\u{1B}[0m\u{1B}[31m cd\u{1B}[0m", "  b  x\u{1B}[32;7m ef\u{1B}[0m",
            ])
        let mono = ColorSupport(depth: .none, hasAttributes: true)
        #expect(lines("ab", "cb", at: 0, mono)[0] == "  a  \u{1B}[4ma\u{1B}[0mb")
    }
}
