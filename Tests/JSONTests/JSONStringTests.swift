import JSON
import Testing

@Suite("JSON strings")
struct JSONStringTests {
    @Test(
        "escapes are resolved",
        arguments: [
            (#"\""#, "\""), (#"\\"#, "\\"), (#"\/"#, "/"), (#"\b"#, "\u{8}"), (#"\f"#, "\u{C}"), (#"\n"#, "\n"),
            (#"\r"#, "\r"), (#"\t"#, "\t"), (#"\u0000"#, "\u{0}"), (#"\u0041"#, "A"), (#"\u00e9\u00E9"#, "éé"),
            (#"\u591c"#, "夜"), (#"\ud83d\ude00"#, "😀"), (#"\uD800\uDC00"#, "\u{10000}"),
            (#"\uDBFF\uDFFF"#, "\u{10FFFF}"), (#"a\\nb"#, "a\\nb"), (#"\\\\u0041"#, "\\\\u0041"), (#"夜\n夜"#, "夜\n夜"),
        ])
    func escapes(spelling: String, characters: String) throws {
        let value = try JSONView.of("\"\(spelling)\"")
        #expect(value.stringBytes?.elementsEqual(characters.utf8) == true)
        #expect(value.stringSource?.elementsEqual(spelling.utf8) == true)
    }

    @Test(
        "a surrogate without its partner becomes a replacement character, and what follows stays",
        arguments: [
            (#"\ud83d"#, "\u{FFFD}"), (#"\ude00"#, "\u{FFFD}"), (#"\ud83dx"#, "\u{FFFD}x"),
            (#"\ud83d\n"#, "\u{FFFD}\n"), (#"\ud83d\u0041"#, "\u{FFFD}A"), (#"\ude00\ud83d"#, "\u{FFFD}\u{FFFD}"),
            (#"\ud83d\ud83d\ude00"#, "\u{FFFD}😀"), (#"\ud83d\ude00\ude00"#, "😀\u{FFFD}"), (#"\ud83d\\"#, "\u{FFFD}\\"),
        ])
    func loneSurrogates(spelling: String, characters: String) throws {
        let value = try JSONView.of("\"\(spelling)\"")
        #expect(value.stringBytes?.elementsEqual(characters.utf8) == true)
        #expect(value.stringSource?.elementsEqual(spelling.utf8) == true, "the spelling survives all the same")
    }

    @Test("strings are compared byte for byte, however they are spelled")
    func comparison() throws {
        #expect(try JSONView.of(#""\u0061b""#).hasString("ab"))
        #expect(try JSONView.of(#""ab""#).hasString("ab"))
        #expect(try !JSONView.of(#""abc""#).hasString("ab") && !JSONView.of(#""a""#).hasString("ab"))
        #expect(try !JSONView.of("\"e\u{301}\"").hasString("\u{e9}"), "canonical equivalence is not equality")
        #expect(try !JSONView.of("1").hasString("1"))
    }
}
