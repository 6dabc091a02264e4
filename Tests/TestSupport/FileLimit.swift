import Foundation

/// The size that files of this process may have: what a full disk is like for a test.
public enum FileLimit {
    /// So large that no other test meets it.
    private static let size = 1 << 33

    /// Runs `body` while no file may grow beyond a size, which it is given. A file that was made so long holds nothing and takes
    /// no room.
    public static func with(_ body: (_ size: Int) throws -> Void) throws {
        signal(SIGXFSZ, SIG_IGN)
        var usual = rlimit()
        getrlimit(resource, &usual)
        var limited = usual
        limited.rlim_cur = rlim_t(size)
        guard setrlimit(resource, &limited) == 0 else { throw TestFault.system("setrlimit") }
        defer { setrlimit(resource, &usual) }
        try body(size)
    }

    #if canImport(Darwin)
    private static let resource = RLIMIT_FSIZE
    #else
    private static let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    #endif
}
