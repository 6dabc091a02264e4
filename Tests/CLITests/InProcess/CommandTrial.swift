import Foundation
import Platform
import Synchronization
import TestSupport

@testable import CLI
@testable import HTTP

/// Runs commands in this process: with a scripted server, clock and environment, and files in place of the standard streams.
final class CommandTrial {
    /// What a run showed and did.
    struct Outcome {
        let status: CLI.ExitStatus
        let output: String
        let error: String
        let requests: [HTTPRequest]
        /// How long was waited before retries, in seconds.
        let waits: [Double]
        /// How often the transport was prepared.
        let preparations: Int

        /// The bodies of the requests.
        var bodies: [String] { requests.map { String(decoding: $0.body ?? [], as: UTF8.self) } }
    }

    private final class Preparations: Sendable {
        let count = Mutex(0)
    }

    private let folder: TemporaryFolder
    private let scripts: [[ServerAct]]
    /// Every variable that is set.
    var environment = ["CEREBRAS_API_KEY": "test-key"]
    /// What is piped in; nil for the null device.
    var input: String?

    /// A server that meets each request with the next script.
    init(_ scripts: [ServerAct]...) throws {
        folder = try TemporaryFolder()
        self.scripts = scripts
    }

    /// The path of a file in the folder of the trial.
    func path(_ name: String) -> String { folder.path(name) }

    /// Makes a file that only its owner can read.
    ///
    /// - Returns: its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let path = folder.path(name)
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return path
    }

    /// What a file of the folder holds.
    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: folder.path(name))), as: UTF8.self)
    }

    /// Makes this text the configuration.
    func configure(_ text: String) throws { environment["CEREBRAS_CONFIG"] = try write(text, to: "config") }

    /// Runs the program's command that the arguments name.
    func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

    /// Runs the program's command that the arguments name.
    func run(_ arguments: [String]) throws -> Outcome {
        let (output, error) = (try file("stdout"), try file("stderr"))
        let input = try openInput()
        let (clock, variables) = (ScriptedClock(), environment)
        let transport = ScriptedTransport(scripts, clock)
        let context = ProcessContext(
            arguments: arguments.map { Array($0.utf8) }, input: input.fileDescriptor, output: output.fileDescriptor,
            error: error.fileDescriptor, clock: clock.processClock
        ) { variables[$0].map { Array($0.utf8) } }
        let preparations = Preparations()
        let status = Command.run(
            context, TransportFactory(prepare: { preparations.count.withLock { $0 += 1 } }) { _, _ in transport })
        return Outcome(
            status: status, output: try read("stdout"), error: try read("stderr"), requests: transport.requests,
            waits: transport.waits, preparations: preparations.count.withLock { $0 })
    }

    private func file(_ name: String) throws -> FileHandle {
        try Data().write(to: URL(filePath: folder.path(name)))
        return try FileHandle(forWritingTo: URL(filePath: folder.path(name)))
    }

    private func openInput() throws -> FileHandle {
        guard let input else { return FileHandle.nullDevice }
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try pipe.fileHandleForWriting.close()
        return pipe.fileHandleForReading
    }
}
