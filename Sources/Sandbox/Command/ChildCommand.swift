import Foundation
import Platform

/// The command that the sandbox serves: in the foreground, with the terminal, as if it had been run by itself.
struct ChildCommand: Sendable {
    /// A command that could not be started; the statuses are a shell's.
    struct Failure: Error {
        let message: Message
        let status: Int32
    }

    private let words: [[UInt8]]
    private let url: String
    private let key: [UInt8]

    /// A command.
    ///
    /// - Parameters:
    ///   - words: its name, which is looked for in PATH, and its arguments; bytes without NUL.
    ///   - url: what it finds in `CEREBRAS_BASE_URL`.
    ///   - key: what it finds in `CEREBRAS_API_KEY`.
    init(_ words: [[UInt8]], url: String, key: [UInt8]) {
        self.words = words
        self.url = url
        self.key = key
    }

    /// Runs the command to its end. Signals that come meanwhile are for it to handle.
    ///
    /// - Parameters:
    ///   - descriptors: those that it inherits.
    ///   - signals: those that this process gets.
    /// - Returns: its exit status; 128 and the signal's number when a signal ended it.
    func run(inheriting descriptors: OpenDescriptors, signals: AsyncStream<Int32>) async throws(Failure) -> Int32 {
        let child = ChildProcess()
        let passing = Task { for await number in signals { child.pass(on: number) } }
        defer { passing.cancel() }
        descriptors.keepToThisProcess()
        let process = try spawn()
        child.begin(process)
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: child.wait()) }
        }
    }

    private func spawn() throws(Failure) -> pid_t {
        let environment = ProcessEnvironment.setting([
            ("CEREBRAS_BASE_URL", Array(url.utf8)), ("CEREBRAS_API_KEY", key),
        ])
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigemptyset(&defaults)
        // The server ignores this one, which the command is not to inherit.
        sigaddset(&defaults, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        // Signals are held back here, and one of Dispatch's threads blocks every one.
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var process: pid_t = 0
        let code = Self.withStrings(words) { arguments in
            Self.withStrings(environment) { variables in
                arguments.pointee.map { posix_spawnp(&process, $0, nil, &attributes, arguments, variables) } ?? ENOENT
            }
        }
        guard code == 0 else {
            let name = words.first ?? []
            throw Failure(
                message: "\(quoted: name): \(own: ErrorNumber(code).words)", status: code == ENOENT ? 127 : 126)
        }
        return process
    }

    /// Calls `body` with the strings as C takes them, a null pointer after the last.
    private static func withStrings<Result>(
        _ strings: [[UInt8]], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = strings.map { string -> UnsafeMutablePointer<CChar>? in
            let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: string.count + 1)
            _ = copy.initialize(from: string.map(CChar.init(bitPattern:)) + [0])
            return copy.baseAddress
        }
        defer { for pointer in pointers { pointer?.deallocate() } }
        pointers.append(nil)
        return pointers.withUnsafeMutableBufferPointer { buffer in
            var end: UnsafeMutablePointer<CChar>?
            return withUnsafeMutablePointer(to: &end) { body(buffer.baseAddress ?? $0) }
        }
    }
}
