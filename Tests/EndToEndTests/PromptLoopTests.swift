import Foundation
import TestSupport
import Testing

/// Standard input that belongs to a script around the program.
@Suite("Prompts in a loop of a script")
struct PromptLoopTests {
    private static let script = "while read -r prompt; do \"$0\" complete \"$prompt\" --dry-run=body; done"

    @Test(
        "A prompt argument leaves the lines to the loop that reads them",
        arguments: [("<lines", ""), ("<lines", "-q"), ("| cat lines |", "--ignore-stdin")])
    func loop(source: String, flags: String) async throws {
        let folder = try TemporaryFolder()
        try Data("one\ntwo\nthree\n".utf8).write(to: folder.url.appending(path: "lines"))
        let loop = Self.script.replacing("--dry-run", with: "\(flags) --dry-run")
        let command = source.hasPrefix("<") ? "\(loop) \(source)" : "cat lines | \(loop)"
        var program = TestProgram(path: "/bin/sh", ["-c", command, Products.path(of: "cerebras")])
        program.folder = folder.url.path
        for (name, value) in [("HOME", folder.url.path), ("PATH", "/usr/bin:/bin")] { program.setVariable(name, value) }
        let outcome = try await program.run()
        let bodies = ["one", "two", "three"].map { #"{"model":"gpt-oss-120b","prompt":"\#($0)"}"# }
        #expect(String(decoding: outcome.output, as: UTF8.self) == bodies.joined())
        #expect(outcome.status == 0 && outcome.error.isEmpty, "\(String(decoding: outcome.error, as: UTF8.self))")
    }
}
