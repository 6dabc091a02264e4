import Dispatch
import Foundation

/// The command that the sandbox serves: in the foreground, with the terminal, as if it had been run by itself.
struct ChildCommand: Sendable {
    /// A command that could not be started; the statuses are a shell's.
    struct Failure: Error {
        let message: String
        let status: Int32
    }

    private let words: [String]
    private let url: String
    private let key: String

    init(_ words: [String], url: String, key: String) {
        self.words = words
        self.url = url
        self.key = key
    }

    /// Runs the command to its end.
    ///
    /// - Returns: its exit status; 128 and the signal's number when a signal ended it.
    func run() async throws(Failure) -> Int32 {
        // The terminal sends its interrupts to both; what they mean is the command's to say.
        for number in [SIGINT, SIGQUIT] { signal(number, SIG_IGN) }
        let process = try spawn()
        let forwarding = [SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { kill(process, number) }
            source.resume()
            return source
        }
        defer { for source in forwarding { source.cancel() } }
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var status: Int32 = 0
                while waitpid(process, &status, 0) < 0, errno == EINTR {}
                let signalNumber = status & 0x7F
                continuation.resume(returning: signalNumber == 0 ? (status >> 8) & 0xFF : 128 + signalNumber)
            }
        }
    }

    private func spawn() throws(Failure) -> pid_t {
        var environment = ProcessInfo.processInfo.environment
        environment["CEREBRAS_BASE_URL"] = url
        environment["CEREBRAS_API_KEY"] = key
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for number in [SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGHUP] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        var process: pid_t = 0
        let code = Self.withStrings(words) { arguments in
            Self.withStrings(environment.map { "\($0.key)=\($0.value)" }) { variables in
                posix_spawnp(&process, words[0], nil, &attributes, arguments, variables)
            }
        }
        guard code == 0 else {
            let reason = String(cString: strerror(code))
            throw Failure(message: "'\(words[0])': \(reason)", status: code == ENOENT ? 127 : 126)
        }
        return process
    }

    /// Calls `body` with the strings as C takes them, a null pointer after the last.
    private static func withStrings<Result>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { buffer in
            var end: UnsafeMutablePointer<CChar>?
            return withUnsafeMutablePointer(to: &end) { body(buffer.baseAddress ?? $0) }
        }
    }
}
