#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An open folder: what is named in it stays the same whatever happens to the path that led there.
public final class Folder: Sendable {
    /// For the calls whose names end in `at`.
    public let descriptor: Int32

    /// Opens a folder by its name in another one, in no case through a symbolic link.
    ///
    /// - Parameter parent: nil for the working folder.
    /// - Throws: what the system says.
    init(_ name: [UInt8], in parent: Folder?) throws(ErrorNumber) {
        let flags = FileCalls.passing | O_NOFOLLOW | O_CLOEXEC
        descriptor = CPath.with(name) { openat(parent?.descriptor ?? AT_FDCWD, $0, flags) }
        if descriptor < 0 { throw ErrorNumber(errno) }
    }

    deinit { close(descriptor) }

    /// What stands under a name, a symbolic link itself.
    ///
    /// - Throws: what the system says.
    func status(of name: [UInt8]) throws(ErrorNumber) -> stat {
        var status = stat()
        guard CPath.with(name, { fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else {
            throw ErrorNumber(errno)
        }
        return status
    }

    /// Where a symbolic link points.
    ///
    /// - Throws: what the system says.
    func target(of link: [UInt8]) throws(ErrorNumber) -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = CPath.with(link) { readlinkat(descriptor, $0, &buffer, buffer.count) }
        guard count >= 0 else { throw ErrorNumber(errno) }
        return buffer[..<count].map(UInt8.init(bitPattern:))
    }
}
