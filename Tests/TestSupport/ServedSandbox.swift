/// The offline server's real executable, serving on a port of its own for as long as it is held.
public final class ServedSandbox: Sendable {
    /// The program.
    public let program: RunningProgram
    /// What it says its URL is.
    public let url: String
    /// The port in that URL.
    public let port: UInt16

    /// Starts it and waits for its first line.
    ///
    /// - Parameter descriptors: the most it may have open; nil for as many as the tests may.
    /// - Throws: ``TestFault`` when it can't be started or does not say where it serves.
    public static func start(_ arguments: [String] = [], descriptors: Int? = nil) async throws -> ServedSandbox {
        var start = TestProgram("cerebras-sandbox", arguments)
        if let descriptors {
            let script = #"ulimit -n \#(descriptors) && exec "$0" "$@""#
            start = TestProgram(path: "/bin/sh", ["-c", script, start.path] + arguments)
        }
        let program = try await start.start()
        let gate = Gate()
        program.output.open(gate, after: [UInt8(ascii: "\n")])
        let hasLine = await Threads.run { gate.wait() }
        let line = String(decoding: program.output.bytes, as: UTF8.self)
        guard hasLine, let port = line.split(separator: ":").last.flatMap({ UInt16($0.dropLast()) }) else {
            throw TestFault.notShown(line)
        }
        return ServedSandbox(program, url: String(line.dropLast()), port: port)
    }

    private init(_ program: RunningProgram, url: String, port: UInt16) {
        self.program = program
        self.url = url
        self.port = port
    }

    deinit {
        program.kill()
    }
}
