import TestSupport
import Testing

/// What a user sees who tries the command on a server that was told to misbehave.
@Suite("The command in the sandbox")
struct SandboxStoryTests {
    private func run(_ specs: [String], _ flags: String...) async throws -> TestProgram.Outcome {
        let command = [Products.path(of: "cerebras"), "complete", "It was", "--temperature", "0", "--max-tokens", "4"]
        return try await TestProgram(
            "cerebras-sandbox", specs.flatMap { ["--fault", $0] } + ["--"] + command + flags
        ).run()
    }

    @Test("A request that fails once is made again, and answered")
    func retry() async throws {
        let outcome = try await run(["status=503:1"])
        #expect(outcome.status == 0 && outcome.output == Array(" a dark and stormy".utf8))
        let error = String(decoding: outcome.error, as: UTF8.self)
        #expect(error.hasPrefix("cerebras: note: retry 1 of 2 in 0."))
        #expect(error.contains(" s: Simulated error 503. (HTTP 503, "))
        #expect(error.split(separator: "\n").count == 1)
    }

    @Test("A request that fails each time ends with the server's words")
    func giveUp() async throws {
        let outcome = try await run(["status=429", "retry-after=0.01"], "--quiet")
        let error = String(decoding: outcome.error, as: UTF8.self)
        #expect(outcome.status == 6 && outcome.output.isEmpty)
        #expect(error.hasPrefix("cerebras: Simulated error 429. (HTTP 429, "))
    }

    @Test("A stream that is cut keeps what came, and is no success")
    func cutStream() async throws {
        let outcome = try await run(["cut-after=3"], "--stream")
        #expect(outcome.status == 9 && outcome.output == Array(" a dark and".utf8))
    }
}
