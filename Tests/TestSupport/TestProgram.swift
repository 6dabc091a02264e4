import Foundation
import Subprocess

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// A program to run, with everything it is started with.
public struct TestProgram: Sendable {
    /// What its standard input is.
    public enum Input: Sendable {
        /// The null device.
        case none
        /// These bytes, then the end.
        case bytes([UInt8])
        /// A pipe that holds these bytes and never ends.
        case openPipe([UInt8])
        /// A terminal at which no one types.
        case terminal
    }

    /// What a stream the program writes to is.
    public enum Stream: Sendable {
        case pipe
        case terminal
        /// A file or device by its path.
        case file(String)
        /// Nothing: the descriptor is closed.
        case closed
    }

    /// How it ended and what it wrote.
    public struct Outcome: Sendable {
        /// The exit status; 128 and the signal's number when a signal ended it.
        public let status: Int32
        /// What it wrote to standard output, pipe or terminal.
        public let output: [UInt8]
        /// What it wrote to standard error, pipe or terminal.
        public let error: [UInt8]
    }

    /// The executable's path.
    public var path: String
    /// Without the program's name; any bytes but NUL.
    public var arguments: [[UInt8]]
    /// The whole environment.
    public var environment: [String: String] = [:]
    /// The folder it starts in.
    public var folder: String?
    /// Its standard input.
    public var input = Input.none
    /// Its standard output.
    public var output = Stream.pipe
    /// Its standard error.
    public var error = Stream.pipe
    /// The columns of its terminals.
    public var columns = 80
    /// After so long it is killed, and `run` fails: a hang is a failure, not a wait.
    public var patience = Duration.seconds(60)

    /// A program of this package with arguments.
    public init(_ name: String, _ arguments: [[UInt8]]) {
        path = Products.path(of: name)
        self.arguments = arguments
    }

    /// A program of this package with arguments.
    public init(_ name: String, _ arguments: [String]) {
        self.init(name, arguments.map { Array($0.utf8) })
    }

    /// Runs it to its end.
    ///
    /// - Throws: ``HungProgram`` when it did not end by itself.
    public func run() async throws -> Outcome {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask { try await start() }
            group.addTask {
                try await Task.sleep(for: patience)
                throw HungProgram(path: path)
            }
            defer { group.cancelAll() }
            guard let outcome = try await group.next() else { throw HungProgram(path: path) }
            return outcome
        }
    }

    private func start() async throws -> Outcome {
        let ends = try StreamEnds(self)
        defer { ends.close() }
        let configuration = Configuration(
            executable: .path(FilePath("/bin/sh")), arguments: shellArguments, environment: .custom(customEnvironment),
            workingDirectory: folder.map { FilePath($0) })
        let result = try await Subprocess.run(
            configuration, input: .fileDescriptor(ends.childInput, closeAfterSpawningProcess: true),
            output: .fileDescriptor(ends.childOutput, closeAfterSpawningProcess: true),
            error: .fileDescriptor(ends.childError, closeAfterSpawningProcess: true)
        ) { _ in
            ends.startReading()
        }
        let (output, error) = await ends.collected()
        return Outcome(status: result.terminationStatus.shellStatus, output: output, error: error)
    }

    /// The program as the shell's child-to-be, since only a shell closes descriptors before it starts a program.
    private var shellArguments: Arguments {
        var closing = ""
        if case .closed = output { closing += " >&-" }
        if case .closed = error { closing += " 2>&-" }
        let words = [Array("-c".utf8), Array("exec \"$0\" \"$@\"\(closing)".utf8), Array(path.utf8)] + arguments
        // Arguments of bytes are handed on as they are: the NUL that ends each is the caller's to add.
        return Arguments(words.map { $0 + [0] })
    }

    private var customEnvironment: [Environment.Key: String] {
        Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })
    }
}

/// A program that had to be killed.
public struct HungProgram: Error {
    /// The executable's path.
    public let path: String
}

extension TerminationStatus {
    /// As a shell tells it.
    fileprivate var shellStatus: Int32 {
        switch self {
        case .exited(let code): code
        case .signaled(let number): 128 + number
        }
    }
}
