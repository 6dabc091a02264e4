#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Whoever reads what is written to a pipe, a socket or a terminal.
public struct OutputReader: Sendable {
    /// What it reads from, to be waited for without events; negative where nobody reads, as of a file.
    public let descriptor: Int32

    /// The reader at the other end of a descriptor.
    public init(of descriptor: Int32) {
        var status = stat()
        let type = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
        self.descriptor = type == S_IFIFO || type == S_IFSOCK || isatty(descriptor) == 1 ? descriptor : -1
    }

    /// Whether it has gone away, so that nothing written will be read.
    public var isGone: Bool { Self.isGone(descriptor) }

    /// Whether nobody is at the other end of a descriptor: a pipe or socket that was closed, a terminal that hung up.
    public static func isGone(_ descriptor: Int32) -> Bool {
        guard descriptor >= 0 else { return false }
        var end = pollfd(fd: descriptor, events: 0, revents: 0)
        return poll(&end, 1, 0) > 0
    }
}
