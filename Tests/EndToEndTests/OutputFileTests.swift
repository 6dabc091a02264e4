import Foundation
import TestSupport
import Testing

/// What stands in the way of an output file, and of the one that is to replace it.
@Suite("Output files")
struct OutputFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Runs a shell command in which `"$0"` is the program and `"$1"` the output file.
    private func run(_ command: String) async throws -> TestProgram.Outcome {
        var program = TestProgram(
            path: "/bin/sh", ["-c", command, Products.path(of: "cerebras"), folder.path("out.txt")])
        program.setVariable("HOME", folder.url.path)
        return try await program.run()
    }

    private var files: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() }
    }

    @Test("a file that may not grow is told as a full disk is, and leaves nothing")
    func limit() async throws {
        let outcome = try await run("ulimit -f 0; exec \"$0\" complete x --dry-run -o \"$1\"")
        #expect(outcome.status == 1)
        let words = String(decoding: outcome.error, as: UTF8.self)
        #expect(words == "cerebras: output file '\(folder.path("out.txt"))': File too large\n")
        #expect(try files == [])
    }

    @Test("what a killed process of the same number left behind is passed by")
    func leftover() async throws {
        let outcome = try await run(
            "cd \"$HOME\"; : >.cerebras-$$; echo .cerebras-$$ >name; exec \"$0\" complete x --dry-run -o \"$1\"")
        #expect(outcome.status == 0 && outcome.error == [])
        let name = try String(contentsOfFile: folder.path("name"), encoding: .utf8).dropLast()
        #expect(try files == [String(name), "name", "out.txt"])
    }
}
