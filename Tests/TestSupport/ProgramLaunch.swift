import Foundation
import Subprocess

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// Runs a program with exactly the arguments, environment, folder and descriptors that it is given.
enum ProgramLaunch {
    /// Runs it to its end, as the leader of a session, and so of a process group, of its own.
    ///
    /// - Parameter started: told the process's number once it runs.
    /// - Returns: its exit status; 128 and the signal's number when a signal ended it.
    static func run(
        _ program: TestProgram, _ ends: ProgramEnds, started: @Sendable @escaping (pid_t) -> Void
    ) async throws -> Int32 {
        var options = PlatformOptions()
        options.createSession = true
        let words = shellWords(program, ends.origins)
        let configuration = Configuration(
            executable: .path("/bin/sh"),
            // Arguments of bytes are handed on as they are: the NUL that ends each is the caller's to add.
            arguments: Arguments(words.map { $0 + [0] }),
            environment: .custom(program.environment.map { $0 + [0] }),
            workingDirectory: program.folder.map { FilePath($0) }, platformOptions: options)
        let descriptors = ends.origins.map(descriptor)
        let result = try await Subprocess.run(
            configuration, input: .fileDescriptor(descriptors[0], closeAfterSpawningProcess: true),
            output: .fileDescriptor(descriptors[1], closeAfterSpawningProcess: true),
            error: .fileDescriptor(descriptors[2], closeAfterSpawningProcess: true)
        ) { execution in
            started(execution.processIdentifier.value)
        }
        switch result.terminationStatus {
        case .exited(let code): return code
        case .signaled(let number): return 128 + number
        }
    }

    /// What the program starts with before the shell changes it.
    private static func descriptor(_ origin: ProgramEnds.Origin) -> FileDescriptor {
        if case .descriptor(let number) = origin { return FileDescriptor(rawValue: number) }
        return FileDescriptor(rawValue: open("/dev/null", O_RDWR | O_CLOEXEC))
    }

    /// A shell that opens and closes descriptors, which only the new process itself can do, and becomes the program.
    private static func shellWords(_ program: TestProgram, _ origins: [ProgramEnds.Origin]) -> [[UInt8]] {
        var script = "exec \"$0\" \"$@\""
        for (number, origin) in origins.enumerated() {
            switch origin {
            case .descriptor: break
            case .closed: script += " \(number)>&-"
            case .path(let path, let mode): script += " \(number)\(mode.rawValue)'\(path)'"
            }
        }
        return [Array("-c".utf8), Array(script.utf8), Array(program.path.utf8)] + program.arguments
    }
}
