import Foundation
import Testing

@testable import CLI

@Suite("What the manual page of batch has people run")
struct BatchManualTests {
    /// What a shell prints for lines of the page.
    private func print(_ lines: [String], in folder: String = "/") throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", lines.joined(separator: "\n").replacing("$ ", with: "")]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = output
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: printed, as: UTF8.self)
    }

    @Test("computes the id of the worked example's first row")
    func digest() throws {
        let trial = try CommandTrial(.text("a"))
        trial.input = #"{"custom_id":"q1","prompt":"Once upon a time"}"#
        let outcome = try trial.run("batch", "--max-tokens", "64", "-q")
        #expect(outcome.output.hasPrefix(#"{"id":"batch_req_\#(BatchCommand.digestExample)","custom_id":"q1""#))
        #expect(try print(BatchCommand.digestRecipe) == BatchCommand.digestExample + "  -\n")
    }

    @Test(
        "takes texts out of results, one a line, whatever they hold",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/jq")))
    func texts() throws {
        let trial = try CommandTrial(.text(#"one\ntwo"#), .whole(#"{"message":"no"}"#, status: 400), .text("three"))
        let input = try trial.write("\"a\"\n\"b\"\n\"c\"\n", to: "rows.jsonl")
        let results = trial.path("results.jsonl")
        _ = try trial.run("batch", input, "-o", results, "--max-tokens", "7", "-q", "--concurrency", "1")
        #expect(try print(["\(BatchCommand.textFilter) '\(results)'"]) == "\"one\\ntwo\"\nnull\n\"three\"\n")
    }
}
