import Platform

/// What stands at an output path.
enum OutputTarget {
    /// A descriptor the program already has: `-`, `/dev/stdout`, `/dev/fd/1`.
    case descriptor(Int32)
    /// Something that is not a regular file and can only be written directly.
    case device
    /// A regular file, there or not, by its path with symbolic links resolved.
    case file([UInt8])

    /// Looks at a path; what can't be looked at is taken for a file, whose opening will say why.
    init(_ path: [UInt8], standardOutput: Int32) {
        var path = path
        // As many links as Linux follows.
        for _ in 0..<40 {
            if let number = Self.descriptor(named: path, standardOutput) {
                self = .descriptor(number)
                return
            }
            guard let target = Self.linkTarget(of: path) else { break }
            path = target
        }
        var status = stat()
        let isThere = CPath.with(path) { stat($0, &status) } == 0
        self =
            isThere && status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR ? .device : .file(path)
    }

    private static func descriptor(named path: [UInt8], _ standardOutput: Int32) -> Int32? {
        let name = String(decoding: path, as: UTF8.self)
        if name == "-" || name == "/dev/stdout" { return standardOutput }
        if name == "/dev/stderr" { return STDERR_FILENO }
        for folder in ["/dev/fd/", "/proc/self/fd/"] where name.hasPrefix(folder) {
            return Int32(name.dropFirst(folder.count))
        }
        return nil
    }

    /// Where a symbolic link points, seen from where the link was named; nil when it is none.
    private static func linkTarget(of path: [UInt8]) -> [UInt8]? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = CPath.with(path) { readlink($0, &buffer, buffer.count) }
        guard count > 0 else { return nil }
        let target = buffer[..<count].map(UInt8.init(bitPattern:))
        guard target.first != UInt8(ascii: "/"), let slash = path.lastIndex(of: UInt8(ascii: "/")) else {
            return target
        }
        return path[...slash] + target
    }
}
