import CLI
import Flags
import Foundation
import TestSupport
import Testing

@testable import Sandbox

@Suite("Sandbox command line")
struct CommandLineTests {
    private func run(_ arguments: [String], input: TestProgram.Input = .nullDevice) async throws -> TestProgram.Outcome
    {
        var program = TestProgram("cerebras-sandbox", arguments)
        program.setVariable("PATH", "/usr/bin:/bin")
        program.input = input
        return try await program.run()
    }

    @Test("A command gets the URL and a key, and nothing serves once it has ended")
    func environment() async throws {
        let outcome = try await run(["--", "sh", "-c", #"echo "$CEREBRAS_BASE_URL"; echo "$CEREBRAS_API_KEY""#])
        #expect(outcome.status == 0 && outcome.error.isEmpty)
        let lines = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 2 && lines.first?.hasPrefix("http://127.0.0.1:") == true)
        let port = try #require(lines.first?.split(separator: ":").last.flatMap { UInt16($0) })
        #expect(throws: TestFault.self) { try RawConnection(port: port) }
    }

    @Test("The required key is the command's key")
    func key() async throws {
        let outcome = try await run(["--require-key", "a key", "--", "sh", "-c", #"printf %s "$CEREBRAS_API_KEY""#])
        #expect(outcome.output == Array("a key".utf8))
    }

    @Test(
        "The command's status is the sandbox's",
        arguments: [
            ("exit 0", 0), ("exit 7", 7), ("kill -TERM $$", 143), ("kill -KILL $$", 137), ("kill -INT $$", 130),
        ])
    func status(script: String, status: Int32) async throws {
        let outcome = try await run(["--", "sh", "-c", script])
        #expect(outcome.status == status && outcome.error.isEmpty)
    }

    @Test(
        "A command that can't be started is reported in one line",
        arguments: [("no-such-command", 127), ("/dev/null", 126), ("/", 126), ("", 127)])
    func notStarted(name: String, status: Int32) async throws {
        let outcome = try await run(["--", name])
        let error = String(decoding: outcome.error, as: UTF8.self)
        #expect(outcome.status == status && outcome.output.isEmpty)
        #expect(error.hasPrefix("cerebras-sandbox: '\(name)': ") && error.split(separator: "\n").count == 1)
    }

    @Test("The command has standard input, and its arguments and environment byte for byte")
    func bytes() async throws {
        let script = #"cat; printf '%s %s' "$1" "$ODD""#
        let words = ["--", "sh", "-c", script, "sh"].map { Array($0.utf8) }
        var program = TestProgram("cerebras-sandbox", words + [[0x61, 0xFF]])
        program.environment = [Array("PATH=/usr/bin:/bin".utf8), Array("ODD=".utf8) + [0xFE, 0x62]]
        program.input = .bytes([0, 1, 0xFD])
        let outcome = try await program.run()
        #expect(outcome.output == [0, 1, 0xFD, 0x61, 0xFF, 0x20, 0xFE, 0x62])
    }

    @Test("A signal sent to the sandbox reaches the command", arguments: ["TERM", "INT", "HUP"])
    func signals(name: String) async throws {
        let script = "trap 'echo got; exit 9' \(name); echo ready; while :; do sleep 0.1; done"
        var program = TestProgram("cerebras-sandbox", ["--", "sh", "-c", script])
        program.setVariable("PATH", "/usr/bin:/bin")
        let running = try await program.start()
        let gate = Gate()
        running.output.open(gate, after: Array("ready".utf8))
        #expect(await Threads.run { gate.wait() })
        running.signal(["TERM": SIGTERM, "INT": SIGINT][name] ?? SIGHUP)
        let outcome = try await running.outcome()
        #expect(outcome.status == 9 && outcome.output == Array("ready\ngot\n".utf8))
    }

    @Test("Ctrl-C at the terminal reaches the command once")
    func interrupt() async throws {
        let script = "trap 'echo got; exit 9' INT; echo ready; while :; do sleep 0.1; done"
        var program = TestProgram("cerebras-sandbox", ["--", "sh", "-c", script])
        program.setVariable("PATH", "/usr/bin:/bin")
        program.input = .terminal([])
        let running = try await program.start()
        let gate = Gate()
        running.output.open(gate, after: Array("ready".utf8))
        #expect(await Threads.run { gate.wait() })
        running.type([3])
        let outcome = try await running.outcome()
        #expect(outcome.status == 9 && outcome.output == Array("ready\ngot\n".utf8))
    }

    #if os(Linux)
    @Test("The command inherits none of the server's descriptors")
    func descriptors() async throws {
        let outcome = try await run(["--", "sh", "-c", "ls -l /proc/$$/fd | grep -cE 'socket|anon_inode'"])
        #expect(outcome.output == Array("0\n".utf8))
    }
    #endif

    @Test(
        "A wrong command line exits 2 and says why in one line",
        arguments: [
            (["--"], "no COMMAND after --"), (["--port", "65536"], "--port: '65536' is not"),
            (["--prot", "1"], "--port"),
            (["words"], "a COMMAND goes after --"), (["--fault", "statsu=503"], "not one of status, retry-after,"),
            (["--host", "example"], "'example' is not an IP address"),
        ])
    func usage(arguments: [String], words: String) async throws {
        let outcome = try await run(arguments)
        let error = String(decoding: outcome.error, as: UTF8.self)
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(error.hasPrefix("cerebras-sandbox: ") && error.contains(words))
        #expect(error.split(separator: "\n").count == 1)
    }

    @Test("What keeps it from serving exits 1 and is reported in one line")
    func cannotServe() async throws {
        let busy = try LoopbackSocket(listens: true)
        let cases = [
            (["--port", "\(busy.port)"], "Address already in use"), (["--corpus", "/no/such"], "corpus '/no/such'"),
            (["--corpus", "/dev/null"], "corpus '/dev/null'"), (["--host", "192.0.2.1"], "can't listen on 192.0.2.1"),
        ]
        for (arguments, words) in cases {
            let outcome = try await run(arguments)
            let error = String(decoding: outcome.error, as: UTF8.self)
            #expect(outcome.status == 1 && outcome.output.isEmpty)
            #expect(error.hasPrefix("cerebras-sandbox: ") && error.contains(words), "\(error)")
            #expect(error.split(separator: "\n").count == 1)
        }
    }

    @Test("The help names every flag, and the version is one line")
    func documents() async throws {
        let help = try await run(["--port", "x", "--help"])
        let text = String(decoding: help.output, as: UTF8.self)
        #expect(help.status == 0)
        let faults = ["status=CODE", "retry-after=WHEN", "redirect=URL", "stall-after=N", "no-done", "slow=TIME"]
        for name in ["--host", "--port", "--corpus", "--require-key", "--fault SPEC", "--help", "--version"] + faults {
            #expect(text.contains(name))
        }
        let version = try await run(["-V"])
        #expect(String(decoding: version.output, as: UTF8.self) == "cerebras-sandbox \(CLI.Version.number)\n")
    }

    @Test("A flag's summary is a phrase of less than 60 characters")
    func summaries() {
        for flag in SandboxOptions.outline.flags {
            #expect(flag.summary.count < 60 && flag.summary.last != ".", "--\(flag.name): \(flag.summary)")
        }
    }

    @Test("On a terminal the help is as wide as that")
    func helpWidth() async throws {
        var program = TestProgram("cerebras-sandbox", ["--help"])
        program.output = .terminal
        program.size = TerminalSize(columns: 60, rows: 24)
        let lines = String(decoding: try await program.run().output, as: UTF8.self).split { $0.isNewline }
        #expect(lines.contains("Offline server of the completions API with a small language"))
    }
}
