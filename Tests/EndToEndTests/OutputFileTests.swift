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

    @Test("a file that may not grow is reported as a full disk is, and leaves nothing")
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

    @Test("a file with another hard link is written in place once the response is complete, with a note")
    func hardLink() async throws {
        let outcome = try await run(
            "cd \"$HOME\"; echo old >other; ln other out.txt; exec \"$0\" complete x --dry-run=body -o \"$1\"")
        let words = String(decoding: outcome.error, as: UTF8.self)
        let note = "is written in place, not replaced: it has other hard links"
        #expect(outcome.status == 0)
        #expect(words == "cerebras: note: output file '\(folder.path("out.txt"))' \(note)\n")
        let content = try String(contentsOfFile: folder.path("other"), encoding: .utf8)
        #expect(content.hasPrefix("{") && content.contains("\"prompt\":\"x\""))
        #expect(try files == ["other", "out.txt"])
    }

    @Test("a new file has the mode that the process's mask asks for", arguments: ["000", "022", "077"])
    func mask(mask: String) async throws {
        let outcome = try await run(
            "cd \"$HOME\"; umask \(mask); : >expected; \"$0\" complete x --dry-run -o \"$1\"; ls -l | cut -c 1-10")
        let modes = outcome.output.split(separator: UInt8(ascii: "\n")).suffix(2)
        #expect(outcome.status == 0 && modes.first == modes.last)
    }
}
