#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Questions about what a path names, which may be different by the time that it is opened.
public enum FilePath {
    /// Whether there is anything.
    public static func exists(_ path: [UInt8]) -> Bool { CPath.with(path) { access($0, F_OK) } == 0 }

    /// Whether the user may read it.
    public static func isReadable(_ path: [UInt8]) -> Bool { CPath.with(path) { access($0, R_OK) } == 0 }

    /// Whether it is a regular file that the group or everyone may read.
    public static func isReadableByOthers(_ path: [UInt8]) -> Bool {
        var status = stat()
        guard CPath.with(path, { stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        return status.st_mode & (S_IRGRP | S_IROTH) != 0
    }

    /// Makes the folders that lead to a path, for the user alone, as far as they are not there.
    public static func makeFolders(to path: [UInt8]) {
        for (index, byte) in path.enumerated() where byte == UInt8(ascii: "/") && index > 0 {
            _ = CPath.with(Array(path[..<index])) { mkdir($0, 0o700) }
        }
    }
}

/// Files that are read whole.
public enum InputFile {
    /// The bytes of the file at a path.
    ///
    /// - Parameters:
    ///   - label: what the file is, for the error.
    ///   - limit: more bytes than these are an error.
    public static func read(_ path: [UInt8], _ label: Message, upTo limit: Int) throws(SystemError) -> [UInt8] {
        let descriptor = try Descriptor.open(path, O_RDONLY, label)
        defer { close(descriptor) }
        return try Descriptor.readAll(descriptor, label, upTo: limit)
    }

    /// The same of what is not waited for and can be read again; nil for a pipe or a socket.
    public static func peek(_ path: [UInt8], _ label: Message, upTo limit: Int) throws(SystemError) -> [UInt8]? {
        let descriptor = try Descriptor.open(path, O_RDONLY | O_NONBLOCK, label)
        defer { close(descriptor) }
        var status = stat()
        if fstat(descriptor, &status) == 0, [S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT) { return nil }
        return try Descriptor.readAll(descriptor, label, upTo: limit)
    }
}
