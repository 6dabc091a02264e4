import Testing

@Suite("Notation of cases")
struct NotationTests {
    @Test(
        "A command line is split as a shell does",
        arguments: [
            ("", []), (" a  b\nc ", ["a", "b", "c"]), ("''", [""]), ("a'b c'\"d 'e\"f", ["ab cd 'ef"]),
            ("'\\n' \"\\n\"", ["\\n", "\\n"]), ("$'a\\n\\'\\x41'b", ["a\n'Ab"]),
            ("a\\ b \\' \\\\", ["a b", "'", "\\"]),
            ("a\\\nb", ["ab"]), ("$x '$'", ["$x", "$"]),
        ])
    func shellWords(line: String, words: [String]) throws {
        #expect(try ShellWords.split(Array(line.utf8)) == words.map { Array($0.utf8) })
    }

    @Test("A word may hold bytes that are not UTF-8")
    func anyBytes() throws {
        #expect(try ShellWords.split(Array("$'\\xff\\x80'".utf8)) == [[0xFF, 0x80]])
    }

    @Test(
        "A quote or an escape without its end is refused", arguments: ["'a", "\"a", "$'a", "a\\", "$'\\q'", "$'\\x4'"])
    func badWords(line: String) {
        #expect(throws: NotationError.self) { try ShellWords.split(Array(line.utf8)) }
    }

    @Test(
        "Wildcards stand for anything on a line, or anything at all",
        arguments: [
            ("", "", true), ("a", "a", true), ("a", "ab", false), ("{*}", "", true), ("{*}", "abc", true),
            ("{*}", "a\nb", false), ("{**}", "a\nb", true), ("a{*}c\n", "abbc\n", true), ("a{*}c", "ab\nc", false),
            ("{*}b{*}", "abab", true), ("{\"a\":{*}}", "{\"a\":1}", true), ("{x}", "{x}", true), ("a{*}", "ba", false),
            ("{**}\nend\n", "x\ny\nend\n", true), ("é{*}", "e\u{301}", false),
        ])
    func wildcards(pattern: String, text: String, isMatch: Bool) {
        #expect(Wildcards(Array(pattern.utf8)).match(Array(text.utf8)) == isMatch)
    }

    @Test(
        "A message's head goes out in CRLF, its body as it stands",
        arguments: [
            ("", ""), ("A\n", "A\r\n\r\n"), ("A\nB: c\n", "A\r\nB: c\r\n\r\n"), ("A\nB: c", "A\r\nB: c"),
            ("A\n\n", "A\r\n\r\n"), ("A\n\nx\n\ny", "A\r\n\r\nx\n\ny"),
            ("A\nContent-Length: *\n\nabc", "A\r\nContent-Length: 3\r\n\r\nabc"),
        ])
    func messages(text: String, wire: String) {
        #expect(HTTPMessage.onTheWire(Array(text.utf8)) == Array(wire.utf8))
    }

    @Test("The length of a response counts its pieces too")
    func lengthWithPieces() {
        let wire = HTTPMessage.onTheWire(Array("A\nContent-Length: *\n\nabc".utf8), followedBy: 4)
        #expect(wire == Array("A\r\nContent-Length: 7\r\n\r\nabc".utf8))
    }

    @Test("Every byte of a difference is visible, and so is a missing newline")
    func visible() {
        let bytes: [UInt8] = Array("é\\\r\n\t\u{1B}".utf8) + [0x00, 0xC3, 0x41, 0x7F] + Array("\u{85}".utf8)
        #expect(Escapes.lines(showing: bytes) == ["é\\\\\\r", "\\t\\e\\0\\xc3A\\x7f\\xc2\\x85", "(no newline)"])
        #expect(Escapes.lines(showing: Array("a\n\n".utf8)) == ["a", ""])
        #expect(Escapes.lines(showing: []) == [])
    }

    @Test("A difference shows what is missing, what is new, and what is the same around it")
    func difference() {
        let text = Difference.describe("it", expected: Array("a\nb\nc\n".utf8), actual: Array("a\nx\nc".utf8))
        #expect(text == "it (- expected, + actual):\n    a\n  - b\n  + x\n    c\n  + (no newline)")
    }
}
