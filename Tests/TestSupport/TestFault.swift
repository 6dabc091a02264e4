/// What keeps a test from being carried out, apart from what it tests.
public enum TestFault: Error, CustomStringConvertible, Sendable {
    /// A system call failed: what was tried, and `errno`.
    case system(String, errno: Int32)
    /// A program could not be started: its path, and why.
    case notStarted(path: String, reason: String)
    /// A program did not end by itself and was killed; what it had written until then.
    case hung(path: String, output: [UInt8], error: [UInt8])
    /// A screen never showed what it was to show; what it shows.
    case notShown(String)
    /// A program that the test needs ended otherwise than well: its path, its exit status and standard error.
    case failed(path: String, status: Int32, error: String)

    /// One or several lines for the test's report.
    public var description: String {
        switch self {
        case .system(let what, let errno): "\(what): \(Self.words(of: errno))"
        case .notStarted(let path, let reason): "\(path) did not start: \(reason)"
        case .hung(let path, let output, let error):
            "\(path) had to be killed; its output was \(Self.quote(output)), its error output \(Self.quote(error))"
        case .notShown(let screen): "the screen never showed it; it shows:\n\(screen)"
        case .failed(let path, let status, let error): "\(path) exited with \(status): \(error)"
        }
    }

    private static func quote(_ bytes: [UInt8]) -> String {
        String(reflecting: String(decoding: bytes, as: UTF8.self))
    }
}
