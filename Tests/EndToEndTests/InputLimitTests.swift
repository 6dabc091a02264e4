import Foundation
import TestSupport
import Testing

/// Files without an end, and a system without descriptors.
@Suite("Limits of the input and the system")
struct InputLimitTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Runs a shell command in which `"$0"` is the program, in the test's own folder.
    private func run(_ command: String, server: String = "http://127.0.0.1:9") async throws -> TestProgram.Outcome {
        var program = TestProgram(path: "/bin/sh", ["-c", command, Products.path(of: "cerebras")])
        program.folder = folder.url.path
        for (name, value) in [
            ("HOME", folder.url.path), ("CEREBRAS_BASE_URL", server), ("CEREBRAS_API_KEY", "test-key"),
            ("PATH", ProcessInfo.processInfo.environment["PATH"] ?? ""),
        ] {
            program.setVariable(name, value)
        }
        return try await program.run()
    }

    @Test(
        "a file of a terabyte, nearly all of it a hole, is refused by its size",
        arguments: [
            ("complete x --api-key-file hole --dry-run", "key file 'hole': gives more than 64 KiB"),
            ("complete x --cacert hole", "certificate file 'hole' (--cacert): gives more than 16 MiB"),
            ("complete --prompt-file hole", "prompt file 'hole': gives more than 256 MiB"),
            ("complete --prompt-tokens-file hole", "prompt file 'hole': gives more than 256 MiB"),
            ("complete <hole", "standard input: gives more than 256 MiB"),
            ("config", "configuration file 'hole': gives more than 1 MiB"),
        ])
    func holes(arguments: String, message: String) async throws {
        let configuration = arguments == "config" ? "CEREBRAS_CONFIG=hole " : ""
        let outcome = try await run("truncate -s 1T hole; \(configuration)exec \"$0\" \(arguments)")
        #expect(outcome.status == 1)
        #expect(String(decoding: outcome.error, as: UTF8.self) == "cerebras: \(message)\n")
    }

    @Test("a model cache of a terabyte is as good as none")
    func cacheOfHoles() async throws {
        let error = #"{"message":"no such model","type":"not_found_error","param":"model","code":"model_not_found"}"#
        let server = try LoopbackServer([CannedReply(status: "404 Not Found", body: Array(error.utf8))])
        defer { server.stop() }
        let outcome = try await run(
            "mkdir -p .cache/cerebras; truncate -s 1T .cache/cerebras/models; exec \"$0\" complete x",
            server: server.url)
        #expect(outcome.status == 4)
        let lines = String(decoding: outcome.error, as: UTF8.self)
        #expect(lines.hasSuffix("hint: cerebras models lists those available\n"))
    }

    @Test(
        "where the system gives no more memory it ends with status 1 and a line, and leaves the output file",
        arguments: [
            "show hole -o out -q -f html", "diff hole hole", "show -o out -q --json <hole",
        ])
    func memory(arguments: String) async throws {
        let outcome = try await run(
            "echo old >out; truncate -s 1T hole; ulimit -v 250000; exec \"$0\" \(arguments)")
        let words = String(decoding: outcome.error, as: UTF8.self)
        let start = arguments.contains("--json") ? #"{"error":{"kind":"local","# : "cerebras: out of memory: "
        #expect(outcome.status == 1 && words.hasPrefix(start), "\(outcome.status): \(words)")
        #expect(words.contains("out of memory: ") && words.split(separator: "\n").count == 1, "\(words)")
        #expect(try String(contentsOfFile: folder.path("out"), encoding: .utf8) == "old\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["hole", "out"])
    }

    @Test(
        "without descriptors it ends with status 1 and says so, wherever it lacks one",
        arguments: [
            "complete x", "complete x --stream -o out", "complete x --api-key-command 'echo key'", "models",
            "complete --prompt-file /dev/null --allow-empty-prompt", "complete x --api-key-file /dev/null --dry-run",
        ])
    func descriptors(arguments: String) async throws {
        let reply = #"{"data":[],"choices":[{"index":0,"text":"ok","finish_reason":"stop"}]}"#
        var canned = CannedReply(body: Array(reply.utf8))
        canned.repeats = true
        let server = try LoopbackServer([canned])
        defer { server.stop() }
        let byName = server.url.replacingOccurrences(of: "127.0.0.1", with: "localhost")
        var failures = 0
        // Fewer than four, and the program's libraries can't be opened.
        for (limit, url) in (4...12).flatMap({ [($0, server.url), ($0, byName)] }) {
            let outcome = try await run("ulimit -n \(limit); exec \"$0\" \(arguments) --max-retries 0", server: url)
            let words = String(decoding: outcome.error, as: UTF8.self)
            let isNamed = outcome.status == 1 && words.contains("Too many open files")
            // An empty key file is refused once it can be read.
            #expect(isNamed || [0, 3].contains(outcome.status), "\(limit) descriptors: \(outcome.status), \(words)")
            failures += isNamed ? 1 : 0
        }
        #expect(failures > 0)
    }
}
