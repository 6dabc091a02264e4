import Flags
import Testing

@testable import CLI

@Suite("Escapes on the command line")
struct EscapesTests {
    @Test(
        "each escape stands for its bytes, everything else for itself",
        arguments: [
            ("", ""), ("a b", "a b"), (#"\n\t\r\\"#, "\n\t\r\\"), (#"a\nb"#, "a\nb"), (#"\\n"#, #"\n"#),
            (#"\x41\x7E"#, "A~"), (#"\x00"#, "\u{0}"), (#"\xc3\xa9"#, "é"), (#"\u{41}\u{1F600}"#, "A😀"),
            (#"\u{0000e9}"#, "é"), ("夜\\n", "夜\n"),
        ])
    func read(text: String, expected: String) throws {
        #expect(try Escapes.read(Array(text.utf8)) == Array(expected.utf8))
    }

    @Test(
        "any other escape is refused",
        arguments: [
            #"\"#, #"\a"#, #"\x4"#, #"\xg0"#, #"\u41"#, #"\u{"#, #"\u{}"#, #"\u{d800}"#, #"\u{110000}"#, #"\u{xyz}"#,
            #"\N"#,
            #"\x+1"#, #"\x-0"#, #"\u{+41}"#, #"\u{-0}"#, #"\0"#, #"\é"#,
        ])
    func refused(text: String) {
        #expect(throws: BadValue.self) { try Escapes.read(Array(text.utf8)) }
    }

    @Test("bytes that make no UTF-8 are refused with their place in the result")
    func notUTF8() {
        let error = #expect(throws: BadValue.self) { try Escapes.read(Array(#"a\n\xff"#.utf8)) }
        #expect(error?.problem.shown.contains("byte 2") == true)
    }
}
