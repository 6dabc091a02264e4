import Foundation
import TestSupport
import Testing

/// A file that may not grow any more is a failure with words, as a full disk is.
@Suite("File size limit")
struct FileLimitTests {
    @Test("it is told, and leaves no file")
    func limit() async throws {
        let folder = try TemporaryFolder()
        let command = "ulimit -f 0; exec \"$0\" complete x --dry-run -o \"$1\""
        var program = TestProgram(
            path: "/bin/sh", ["-c", command, Products.path(of: "cerebras"), folder.path("out.txt")])
        program.setVariable("HOME", folder.url.path)
        let outcome = try await program.run()
        #expect(outcome.status == 1)
        let words = String(decoding: outcome.error, as: UTF8.self)
        #expect(words == "cerebras: output file '\(folder.path("out.txt"))': File too large\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
    }
}
