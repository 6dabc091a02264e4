import Foundation
import TestSupport
import Testing

@Suite("Test program")
struct TestProgramTests {
    @Test("Arguments, environment and folder are exactly those given, whatever their bytes")
    func exactness() async throws {
        let folder = try TemporaryFolder()
        var program = shell("printf '%s|%s|' \"$#\" \"$1\"; pwd; /usr/bin/env")
        program.arguments += [Array("sh".utf8), [0xFF, 0x0A, 0x80]]
        program.environment = [Array("A=1".utf8), Array("B=".utf8) + [0xFE]]
        program.folder = folder.url.path
        let outcome = try await program.run()
        let head = Array("1|".utf8) + [0xFF, 0x0A, 0x80] + Array("|\(folder.url.path)\n".utf8)
        #expect(outcome.output.starts(with: head))
        let variables = Set(outcome.output.dropFirst(head.count).split(separator: 0x0A).map(Array.init))
        #expect(variables.isSuperset(of: program.environment))
        // The shell adds these by itself.
        let own = variables.subtracting(program.environment).map { String(decoding: $0.prefix(4), as: UTF8.self) }
        #expect(Set(own).isSubset(of: ["PWD=", "SHLV", "_=/u", "OLDP"]))
    }

    @Test("Outputs are kept apart, and the exit status is the program's")
    func outputs() async throws {
        let outcome = try await shell("echo out; echo err >&2; exit 7").run()
        #expect(outcome.output == Array("out\n".utf8))
        #expect(outcome.error == Array("err\n".utf8))
        #expect(outcome.status == 7)
    }

    @Test("A signal's end is 128 and its number")
    func signals() async throws {
        #expect(try await shell("kill -TERM $$").run().status == 143)
    }

    @Test("Standard input may be bytes, a file, nothing, or closed", arguments: [0, 5, 65536, 300_000])
    func input(count: Int) async throws {
        let bytes = [UInt8](repeating: 0x61, count: count)
        let folder = try TemporaryFolder()
        try Data(bytes).write(to: folder.url.appending(path: "in"))
        for input in [TestProgram.Input.bytes(bytes), .file(folder.path("in"))] {
            var program = TestProgram(path: "/bin/cat", [String]())
            program.input = input
            #expect(try await program.run().output == bytes)
        }
        var program = shell("[ -e /proc/self/fd/0 ] && echo open")
        program.input = .closed
        #expect(try await program.run().output == [])
    }

    @Test("A pipe that never ends stays open until the program does")
    func openPipe() async throws {
        var program = shell("read a; echo \"$a\"; read b; echo \"$b\"")
        program.input = .openPipe(Array("one\n".utf8))
        let running = try await program.start()
        let gate = Gate()
        running.output.open(gate, after: Array("one\n".utf8))
        await wait(for: gate)
        running.type(Array("two\n".utf8))
        #expect(try await running.outcome().output == Array("one\ntwo\n".utf8))
    }

    @Test("Closed, broken and full outputs are what they say")
    func badOutputs() async throws {
        var program = shell("[ -e /proc/self/fd/1 ] || echo closed >&2")
        program.output = .closed
        #expect(try await program.run().error == Array("closed\n".utf8))
        program = shell("/bin/echo x; echo $? >&2")
        program.output = .brokenPipe
        #expect(try await program.run().error.starts(with: "141\n".utf8) == true)
        program.output = .file("/dev/full")
        #expect(try await program.run().error.contains { $0 == UInt8(ascii: "1") })
    }

    @Test("Terminals are of the size given, change no byte, and control the program")
    func terminals() async throws {
        var program = shell(
            "stty size; [ -t 1 ] && printf 'a\\nb'; [ -t 2 ] || echo no >&2; kill -0 0; read a; echo $a")
        program.input = .terminal(Array("typed\n".utf8))
        program.output = .terminal
        program.size = TerminalSize(columns: 33, rows: 11)
        let outcome = try await program.run()
        #expect(String(decoding: outcome.output, as: UTF8.self) == "11 33\na\nbtyped\n")
        #expect(outcome.error == Array("no\n".utf8))
    }

    @Test("Control-C typed at its terminal interrupts a program")
    func controlC() async throws {
        var program = shell("echo up; read a")
        program.input = .terminal([])
        let running = try await program.start()
        let gate = Gate()
        running.output.open(gate, after: Array("up\n".utf8))
        await wait(for: gate)
        running.type([0x03])
        #expect(try await running.outcome().status == 130)
    }

    @Test("No descriptor of the test leaks into a program")
    func descriptors() async throws {
        let server = try LoopbackServer([])
        defer { server.stop() }
        let names = try await TestProgram(path: "/bin/ls", ["/proc/self/fd"]).run().output.split(separator: 0x0A)
        // The fourth is the folder that ls reads.
        #expect(names.map { String(decoding: $0, as: UTF8.self) } == ["0", "1", "2", "3"])
    }

    @Test("A program that hangs is killed")
    func hang() async throws {
        var program = shell("sleep 1000")
        program.patience = .milliseconds(100)
        await #expect(throws: TestFault.self) { try await program.run() }
    }

    @Test("A program that is killed takes all it started with it, and what it wrote is reported")
    func kill() async throws {
        let running = try await shell("sleep 1000 & echo before; wait").start()
        let gate = Gate()
        running.output.open(gate, after: Array("before\n".utf8))
        await wait(for: gate)
        running.kill()
        // This returns only once no one holds the ends of its pipes any more.
        let fault = await #expect(throws: TestFault.self) { try await running.outcome() }
        #expect(fault?.description.contains("its output was \"before\\n\"") == true)
    }

    @Test("A program that is not there is reported by its path")
    func missing() async {
        let fault = await #expect(throws: TestFault.self) { try await TestProgram("no-such-product", [String]()).run() }
        #expect(fault?.description.contains("no-such-product: No such file") == true)
    }

    private func shell(_ script: String) -> TestProgram {
        var program = TestProgram(path: "/bin/sh", ["-c", script])
        program.setVariable("PATH", "/usr/bin:/bin")
        return program
    }

    private func wait(for gate: Gate) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                _ = gate.wait()
                continuation.resume()
            }
        }
    }
}
