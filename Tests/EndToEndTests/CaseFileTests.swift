import Testing

@Suite("Case file")
struct CaseFileTests {
    @Test("The title is what stands before the first heading")
    func title() throws {
        #expect(try file("A title\nof two lines.\n--- args\n--- no-request\n").title == "A title\nof two lines.")
    }

    @Test(
        "Content is the lines as they stand",
        arguments: [
            ("", ""), ("a\n", "a\n"), ("a\n(no newline)\n", "a"), ("\n", "\n"), ("a\n\n(no newline)\n", "a\n"),
            ("(no newline)\n", ""), ("a\r\\n\t \n", "a\r\\n\t \n"),
        ])
    func content(lines: String, bytes: String) throws {
        let file = try file("T\n--- args\n--- no-request\n--- stdout\n\(lines)")
        #expect(file.section(.stdout)?.content == Array(bytes.utf8))
    }

    @Test("Escaped content may hold any byte, and a backslash joins lines")
    func escaped() throws {
        let file = try file("T\n--- args\n--- no-request\n--- stdout escaped\n\\x00\\xff\\r\\n\\t\\e\\\\\\\nend\\\n")
        #expect(file.section(.stdout)?.content == [0x00, 0xFF, 0x0D, 0x0A, 0x09, 0x1B, 0x5C] + Array("end".utf8))
    }

    @Test("Pieces belong to the response before them")
    func pieces() throws {
        let file = try file("T\n--- args\n--- reply\na\n--- piece\nb\n--- piece once stdout 'c d'\ne\n--- reply hang\n")
        #expect(file.replies.map(\.pieces.count) == [2, 0])
        #expect(file.replies[0].pieces[1].options["once"] == ["stdout", "c d"])
        #expect(file.replies[1].reply.has("hang"))
    }

    @Test(
        "What can't be understood is named with file and line",
        arguments: [
            ("--- args\n--- no-request\n", "bad.case:1: no title"),
            ("T\n--- no-request\n", "bad.case:1: no section 'args'"),
            ("T\n--- args\n", "bad.case:1: neither 'reply' nor 'no-request'"),
            ("T\n--- args\n--- no-request", "bad.case:3: the last line is not ended"),
            ("T\n--- args\n--- no-request\n--- output\n", "bad.case:4: unknown section 'output'"),
            ("T\n--- args\n--- no-request\n---stdout loud\n", "bad.case:4: unknown word 'loud' after 'stdout'"),
            ("T\n--- args\n--- no-request\n--- exit\n", "bad.case:4: wrong number of words after 'exit'"),
            ("T\n--- args\n--- no-request\n--- exit one\n", "bad.case:4: bad words after 'exit'"),
            ("T\n--- args\n--- no-request\n--- exit 1\n1\n", "bad.case:4: no lines may follow 'exit'"),
            ("T\n--- args\n--- no-request\n--- terminal 80x\n", "bad.case:4: bad words after 'terminal'"),
            ("T\n--- args\n--- no-request\n--- signal BOO\n", "bad.case:4: bad words after 'signal'"),
            ("T\n--- args\n--- no-request\n--- stdout escaped\n\\q\n", "bad.case:4: unknown escape \\q"),
            ("T\n--- args\n--- args\n--- no-request\n", "bad.case:3: a second section 'args'"),
            ("T\n--- args\n--- piece\n", "bad.case:3: 'piece' must follow 'reply' or 'piece'"),
            ("T\n--- args\n--- reply hang reset\n", "bad.case:3: a reply has one ending"),
            ("T\n--- args\n--- reply cut ten\n", "bad.case:3: 'cut' needs a number of bytes"),
            ("T\n--- args\n--- reply cut\n", "bad.case:3: 'cut' needs 1 more words"),
            ("T\n--- args\n--- reply repeated\n--- reply\n", "bad.case:3: only the last reply can be repeated"),
            ("T\n--- args\n--- reply\n--- no-request\n", "bad.case:4: 'no-request' beside 'reply'"),
            (
                "T\n--- args\n--- reply\n--- piece once later x\n",
                "bad.case:4: 'once' needs 'stdout TEXT', 'stderr TEXT' or 'requests N'"
            ),
        ])
    func errors(text: String, problem: String) {
        let error = #expect(throws: CaseError.self) { try CaseFile(name: "bad.case", Array(text.utf8)) }
        #expect(error?.description == problem)
    }

    private func file(_ text: String) throws -> CaseFile {
        try CaseFile(name: "test.case", Array(text.utf8))
    }
}
