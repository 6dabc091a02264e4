import Testing

@testable import Flags

@Suite("Configuration files")
struct ConfigDocumentTests {
    private func read(_ text: String, _ profile: String? = nil) throws -> [String] {
        try ConfigDocument(parsing: Array(text.utf8)).lines(for: profile).map { line in
            "\(line.number) \(line.name)" + (line.value.map { "=\(String(decoding: $0, as: UTF8.self))" } ?? "")
        }
    }

    @Test("a line is a name, perhaps dashes before it, and what follows '=' or white space, as it stands")
    func lines() throws {
        #expect(
            try read("seed 1\n--top-p=0.5\nstop\t a  b \r\nstop = = c\nquiet") == [
                "1 seed=1", "2 top-p=0.5", "3 stop=a  b", "4 stop== c", "5 quiet",
            ])
        #expect(try read("stop=\n") == ["1 stop="])
    }

    @Test("comments and empty lines are none; a '#' inside a value is the value's")
    func comments() throws {
        #expect(try read("# a\n\n   # b\nstop #c\n") == ["4 stop=#c"])
    }

    @Test("a profile's lines come after those for all, and only when it is asked for")
    func profiles() throws {
        let text = "seed 1\n[a]\nseed 2\n[b]\nseed 3\n[a]\nseed 4\n"
        #expect(try read(text) == ["1 seed=1"])
        #expect(try read(text, "a") == ["1 seed=1", "3 seed=2", "7 seed=4"])
        #expect(try read(text, "c") == ["1 seed=1"])
        #expect(try ConfigDocument(parsing: Array(text.utf8)).profiles == ["a", "b"])
    }

    @Test("what is no line is refused with its number", arguments: ["[a", "[]", "[a b]", "= 5", "-s 5", "5"])
    func problems(line: String) {
        let problem = #expect(throws: ConfigDocument.Problem.self) {
            try ConfigDocument(parsing: Array("# c\n\(line)\n".utf8))
        }
        #expect(problem?.line == 2)
    }
}
