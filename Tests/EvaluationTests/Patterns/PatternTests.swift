import Testing

@testable import Evaluation

@Suite("Patterns")
struct PatternTests {
    private func occurs(_ pattern: String, in text: String) throws -> Bool {
        try Pattern(pattern).occurs(in: Array(text.utf8))
    }

    private static let patterns = [
        "a", "ab", "a|b", "a|", "|b", "^a", "a$", "^a$", "^$", "a*", "^a*$", "^a+$", "^a?$", "^(ab)+$", "^(a|b)*c$",
        "a{2}", "^a{2}$",
        "^a{2,}$", "^a{,2}$", "^a{1,2}$", "a{2", "{", "}", "]", "a+?b", "a*?$", ".", "^.$", "^..$", "(?s)^.$", "(?s).b",
        "a.b",
        "(?m)^b", "(?m)a$", "[ab]", "^[^a]$", "[a-]", "[-a]", "[a-c]+$", #"[\]]"#, #"[\w-]"#, #"[^\w]"#, #"^\w+$"#,
        #"\W"#, #"\d"#, #"\D"#, #"\s"#,
        #"\S"#, #"\bb\b"#, #"\Bb"#, #"\Aa"#, #"b\z"#, #"b\Z"#, #"\x61"#, #"\x{e9}"#, #"\u0061"#, #"\u{e9}"#, #"\t"#,
        #"\."#, #"\n"#, #"\/"#, "(?i)AB",
        "(?i:A)b", "(?i)a(?-i)B", "(?i)É", "(?i)[A-C]", "((?i)A)B", "a(?i)B|c", "(?<name>a)b", "(?:ab)+", #"\p{L}"#,
        #"\p{Lu}"#, #"\P{L}"#,
        #"[^\P{L}]"#, "(a*)*b", "(a|ab)(c|bcd)$", "(|a)+b", "^(a?){3}a{3}$",
    ]
    private static let texts = [
        "", "a", "b", "ab", "ba", "aa", "aaa", "aaaa", "abc", "abab", "abcd", "c", "A", "AB", "aB", "a b", "a\nb", "\n",
        "b\n", "a\r\nb",
        "\r", "é", "É", "e\u{301}", "-", "_", "1", " ", "\u{a0}", "\t", ".", "/", "]", "{", "}", "a{2", "漢", "🌊",
        "x-ab",
    ]

    @Test("occur where Swift's own regular expressions do", arguments: patterns)
    func comparison(pattern: String) throws {
        let own = try Pattern(pattern)
        let other = try Regex(pattern).matchingSemantics(.unicodeScalar).wordBoundaryKind(.simple)
        for text in Self.texts {
            let expected = try other.firstMatch(in: text) != nil
            #expect(
                own.occurs(in: Array(text.utf8)) == expected, "\(pattern.debugDescription) in \(text.debugDescription)")
        }
    }

    @Test("digits of every script are digits, and parts of words")
    func digits() throws {
        #expect(try occurs(#"^\d\w$"#, in: "٣٣"))
    }

    @Test("a range and a set take either case, if told so")
    func cases() throws {
        #expect(try occurs("^(?i)[a-c]+$", in: "aBC") && occurs("(?i)^é$", in: "É") && !occurs("[a-c]", in: "B"))
        #expect(try occurs("(?i)^[^a]$", in: "b") && !occurs("(?i)^[^a]$", in: "A"))
    }

    @Test(
        "that are none say why",
        arguments: [
            ("(", "expected ')'"), ("(?", "expected ')'"), (")", "')' without '('"), ("[", "expected ']'"),
            ("[a-", "expected ']'"),
            ("*", "nothing before '*' to repeat"), ("a**", "nothing before '*' to repeat"),
            ("a|+", "nothing before '+' to repeat"),
            ("a++", "possessive quantifiers are not supported"), (#"\"#, #"nothing after '\'"#),
            (#"\q"#, #"'\q' is not supported"#),
            (#"(a)\1"#, "back-references are not supported"), ("(?=a)", "look-around is not supported"),
            ("(?>a)", "a group that begins with '(?>' is not supported"),
            ("(?<!a)", "look-around is not supported"), ("[b-a]", "a range ends before it begins"),
            (#"[a-\d]"#, "a range ends with one character"), ("a{3,2}", "{3,2}: 3 is more than 2"),
            ("a{99999999999999999999}", "too large"),
            ("(a{1000}){1000}", "too large"), ("(((){9999}){9999}){9999}", "too large"),
            (#"\x6"#, "expected the hexadecimal number of a character"),
            (#"\u{110000}"#, "expected the hexadecimal number of a character"),
            ("(?<>a)", "expected a group's name and '>'"),
            (#"\p{Han}"#, #"after '\p' comes a general category of Unicode, such as {L} or {Lu}"#),
            ("[[a]]", #"'[' within brackets; as a character it is '\['"#),
            (String(repeating: "(", count: 1000), "groups nest too deeply"),
        ])
    func refused(pattern: String, words: String) {
        #expect(throws: PatternError(words), "\(pattern)") { try Pattern(pattern) }
    }

    @Test("nested repeats take no longer than others")
    func linear() throws {
        // One that tries every way needs two to the power of the length of them.
        #expect(try !occurs("^(a+)+$", in: String(repeating: "a", count: 2000) + "b"))
        #expect(try occurs("^(a|aa)+$", in: String(repeating: "a", count: 2000)))
    }
}
