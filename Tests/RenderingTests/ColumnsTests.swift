import Testing

@testable import Rendering

@Suite("Columns")
struct ColumnsTests {
    @Test(
        "text takes as many columns as a terminal gives it",
        arguments: [
            ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("a\u{301}\u{323}b", 2), ("Ω", 1), ("…", 1), ("夜", 2),
            ("夜a", 3), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("ハ", 2), ("ﾊ", 1), ("ａ", 2), ("、", 2), ("😀", 2),
            ("👍🏽", 2), ("👨‍👩‍👧", 2), ("👩‍🚀👩‍🚀", 4), ("🏳️‍🌈", 2), ("🇩🇪", 2), ("🇩🇪🇫🇷", 4), ("❤", 1), ("❤️", 2), ("1️⃣", 2),
            ("🫠", 2), ("\u{20000}", 2), ("שלום", 4), ("ไทย", 3),
        ])
    func count(text: String, columns: Int) {
        #expect(Columns.count(text) == columns)
    }

    @Test(
        "a text is broken between words; a longer word stands on its own line",
        arguments: [
            ("", 9, [""]), ("one two", 7, ["one two"]), ("one two", 6, ["one", "two"]),
            ("one  two three", 8, ["one  two", "three"]), ("a verylongword b", 6, ["a", "verylongword", "b"]),
            ("夜夜 夜 夜", 7, ["夜夜 夜", "夜"]), ("  ab cd", 6, ["  ab", "cd"]),
        ])
    func wrap(text: String, columns: Int, expected: [String]) {
        #expect(Columns.wrap(text, into: columns) == expected)
    }

    @Test(
        "a text is cut at a character that fits, with an ellipsis in the last column",
        arguments: [
            ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("abc", 1, "…"), ("abc", 0, ""), ("夜夜夜", 6, "夜夜夜"),
            ("夜夜夜", 5, "夜夜…"),
            ("夜夜夜", 4, "夜…"), ("夜夜", 2, "…"), ("👨‍👩‍👧👨‍👩‍👧", 3, "👨‍👩‍👧…"), ("🇩🇪🇫🇷", 3, "🇩🇪…"),
            ("e\u{301}e\u{301}", 1, "…"), ("e\u{301}e\u{301}", 2, "e\u{301}e\u{301}"), ("", 0, ""),
        ])
    func fit(text: String, columns: Int, expected: String) {
        #expect(Columns.fit(text, into: columns).utf8.elementsEqual(expected.utf8))
        #expect(Columns.count(Columns.fit(text, into: columns)) <= columns)
    }

    @Test("padding fills up with spaces, before or after, and never cuts")
    func pad() {
        #expect(Columns.pad("夜", to: 4) == "夜  " && Columns.pad("夜", to: 4, alignRight: true) == "  夜")
        #expect(Columns.pad("abc", to: 2) == "abc" && Columns.pad("", to: 2) == "  ")
    }

    @Test("the list of wide characters is in order, so that bisection finds each")
    func wideRanges() {
        #expect(zip(WideRanges.all, WideRanges.all.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
        for range in WideRanges.all {
            #expect(WideRanges.contain(range.lowerBound) && WideRanges.contain(range.upperBound))
        }
        #expect(!WideRanges.contain(0x41) && !WideRanges.contain(0x10FF) && !WideRanges.contain(0x3FFFE))
    }
}
