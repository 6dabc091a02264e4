import Foundation
import TestSupport
import Testing

/// Signals and the end of the time while the program computes, or waits for what never comes.
@Suite("Ends in the middle of work")
struct ComputingTests {
    /// A whole reply, whose text an expectation can be held against for longer than anyone waits.
    private static let reply =
        #"{"id":"r","choices":[{"index":0,"text":"\#(String(repeating: "a", count: 1 << 20))b","finish_reason":"stop"}]}"#
    private static let expectation = "text~^((a{0,50}){0,50})*$"

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try Data(Self.reply.utf8).write(to: folder.url.appending(path: "reply.json"))
        try Data("old".utf8).write(to: folder.url.appending(path: "out"))
    }

    private func program(_ arguments: [String], _ variables: [String: String] = [:]) -> TestProgram {
        var program = TestProgram("cerebras", arguments)
        program.folder = folder.url.path
        let usual = ["HOME": folder.url.path, "CEREBRAS_API_KEY": "test-key"]
        for (name, value) in usual.merging(variables, uniquingKeysWith: { $1 }) { program.setVariable(name, value) }
        return program
    }

    private func passes(_ gate: Gate) async -> Bool {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: gate.wait()) }
        }
    }

    private func checkFiles() throws {
        #expect(try String(contentsOfFile: folder.path("out"), encoding: .utf8) == "old")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(!files.contains { $0.hasPrefix(".cerebras") })
    }

    @Test(
        "a signal ends it in every format",
        arguments: ["text", "json", "jsonl", "table", "tsv", "markdown", "heatmap", "html"],
        [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
    func show(format: String, number: Int32) async throws {
        let running = try await program(["show", "reply.json", "-f", format, "--expect", Self.expectation]).start()
        // What it writes stands there before it is judged.
        let gate = Gate()
        running.output.open(gate, after: Array("a".utf8))
        #expect(await passes(gate))
        running.signal(number)
        let outcome = try await running.outcome()
        #expect(outcome.status == 128 + number && outcome.error == [])
    }

    @Test("a signal leaves the output file as it was", arguments: [SIGINT, SIGTERM])
    func output(number: Int32) async throws {
        let server = try LoopbackServer([CannedReply(body: Array(Self.reply.utf8))])
        defer { server.stop() }
        let arguments = ["complete", "x", "-o", "out", "--usage", "--expect", Self.expectation]
        let running = try await program(arguments, ["CEREBRAS_BASE_URL": server.url]).start()
        let gate = Gate()
        running.error.open(gate, after: Array("\n".utf8))
        #expect(await passes(gate))
        running.signal(number)
        #expect(try await running.outcome().status == 128 + number)
        try checkFiles()
    }

    @Test("the end of the time comes in the middle of work, too, and is reported as always", arguments: [false, true])
    func timeout(isJSON: Bool) async throws {
        let server = try LoopbackServer([CannedReply(body: Array(Self.reply.utf8))])
        defer { server.stop() }
        let arguments = ["complete", "x", "-o", "out", "--timeout", "500ms", "--expect", Self.expectation]
        let outcome = try await program(arguments + (isJSON ? ["--json"] : []), ["CEREBRAS_BASE_URL": server.url]).run()
        let words = String(decoding: outcome.error, as: UTF8.self)
        let start =
            isJSON ? #"{"error":{"kind":"timeout","# : "cerebras: no complete response within 0.5 s (--timeout)\nhint: "
        #expect(outcome.status == 8 && words.hasPrefix(start))
        try checkFiles()
    }

    @Test(
        "a signal ends the wait for a pipe to be written to",
        arguments: [
            ["config"], ["complete", "--prompt-file", "pipe", "-o", "out"], ["show", "pipe", "-o", "out"],
            ["complete", "x", "--api-key-file", "pipe", "-o", "out"], ["diff", "pipe", "reply.json"],
            ["complete", "--prompt-tokens-file", "pipe", "-o", "out"], ["models", "--api-key-file", "pipe"],
        ])
    func pipes(arguments: [String]) async throws {
        mkfifo(folder.path("pipe"), 0o600)
        let configuration = arguments == ["config"] ? ["CEREBRAS_CONFIG": "pipe"] : [:]
        let running = try await program(arguments, configuration).start()
        // Opened once the program opens its end.
        let path = folder.path("pipe")
        let end = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: open(path, O_WRONLY)) }
        }
        defer { close(end) }
        running.signal(SIGINT)
        let outcome = try await running.outcome()
        #expect(outcome.status == 130 && outcome.error == [])
        try checkFiles()
    }
}
