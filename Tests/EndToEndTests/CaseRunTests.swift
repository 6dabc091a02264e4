import Testing

/// What no case can show: that a case which is not met is told to be so.
@Suite("Case run")
struct CaseRunTests {
    private static let reply = """
        --- reply
        HTTP/1.1 200 OK
        Content-Length: *

        {"choices":[{"index":0,"text":"ab","finish_reason":"stop"}]}

        """
    private static let output = "--- stdout\nab\n(no newline)\n"

    @Test("A case that is met has no differences")
    func met() async throws {
        #expect(try await differences("--- args\ncomplete x\n" + Self.reply + Self.output) == [])
    }

    @Test("What a program writes, and how it ends, is compared")
    func streams() async throws {
        let text = "--- args\ncomplete x\n" + Self.reply + "--- stdout\nac\n--- stderr\nwords\n--- exit 3\n"
        let differences = try await differences(text)
        #expect(differences.count == 3)
        #expect(differences.contains("exit 0, expected 3"))
        #expect(differences.contains("stdout (- expected, + actual):\n  - ac\n  + ab\n  + (no newline)"))
        #expect(differences.contains("stderr (- expected, + actual):\n  - words"))
    }

    @Test("Output without a section for it is a difference")
    func unexpectedOutput() async throws {
        #expect(try await differences("--- args\ncomplete x\n" + Self.reply).count == 1)
    }

    @Test("A request that differs by a byte is a difference")
    func request() async throws {
        let body = "{\"model\":\"gpt-oss-120b\",\"prompt\":\"y\"}\n(no newline)\n"
        let text = "--- args\ncomplete x\n" + Self.reply + Self.output + "--- request body\n" + body
        let found = try await differences(text)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("request 1 ") == true)
    }

    @Test("A request that never came, and one that nobody expected, are differences")
    func requestCounts() async throws {
        let twice = try await differences("--- args\ncomplete x\n" + Self.reply + Self.reply + Self.output)
        #expect(twice == ["1 requests, expected 2"])
        let text =
            "--- args\ncomplete x --max-retries 0\n--- no-request\n--- stderr like\n{**}\n(no newline)\n--- exit 7\n"
        let none = try await differences(text)
        #expect(none.count == 2)
        #expect(none.first == "1 requests, expected 0")
    }

    @Test("A file that is new, changed or missing is a difference")
    func files() async throws {
        let text = """
            --- args
            complete x -o new.txt
            --- file old.txt
            old
            --- after old.txt
            other
            --- after missing.txt
            x

            """
        let differences = try await differences(text + Self.reply)
        #expect(differences.count == 3)
        #expect(differences.contains("file new.txt should not be there"))
        #expect(differences.contains("file missing.txt is missing"))
        #expect(differences.contains("file old.txt (- expected, + actual):\n  - other\n  + old"))
    }

    @Test("A moment that never comes is a difference")
    func moments() async throws {
        let text = "--- args\ncomplete x\n" + Self.reply + Self.output + "--- signal INT once stdout never\n"
        #expect(try await differences(text) == ["line 12: what it waits for never came"])
    }

    private func differences(_ text: String) async throws -> [String] {
        try await CaseRun.differences(of: CaseFile(name: "test.case", Array("A title.\n\(text)".utf8)))
    }
}
