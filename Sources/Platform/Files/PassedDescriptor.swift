#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Descriptors that the program was started with, as paths name them.
///
/// Whatever the program opens itself is marked to be closed when another program is executed. A descriptor that was handed over
/// by such an execution can't be marked so.
enum PassedDescriptor {
    /// The number in a path such as `/dev/fd/3`; nil for every other path, and for symbolic links to one.
    static func number(in path: [UInt8]) -> Int32? {
        let name = String(decoding: path, as: UTF8.self)
        if name == "/dev/stdin" { return STDIN_FILENO }
        if name == "/dev/stderr" { return STDERR_FILENO }
        for folder in ["/dev/fd/", "/proc/self/fd/"] where name.hasPrefix(folder) {
            return Int32(name.dropFirst(folder.count))
        }
        return nil
    }

    /// Refuses a descriptor that the caller did not hand over, or not for this direction.
    ///
    /// - Parameters:
    ///   - refused: the direction that is of no use, `O_RDONLY` or `O_WRONLY`.
    ///   - label: what names the descriptor, for the error.
    static func check(_ number: Int32, not refused: Int32, _ label: Message) throws(SystemError) {
        let flags = fcntl(number, F_GETFD)
        guard flags != -1, flags & FD_CLOEXEC == 0 else {
            throw .notPassed(label, descriptor: number)
        }
        guard fcntl(number, F_GETFL) & O_ACCMODE != refused else {
            throw .wrongDirection(label, descriptor: number, isForWriting: refused == O_RDONLY)
        }
    }

    /// Refuses a path to read from that names a descriptor which was not handed over.
    static func checkInput(_ path: [UInt8], _ label: Message) throws(SystemError) {
        if let number = number(in: path) { return try check(number, not: O_WRONLY, label) }
        // Few paths end in a number, and only those are followed with care.
        guard endsInNumber(path), case .descriptor(let number)? = try? PathWalk.end(of: path, isCautious: false, label)
        else { return }
        try check(number, not: O_WRONLY, label)
    }

    /// Whether the last name of a path, or of what a symbolic link there leads to, is a number.
    private static func endsInNumber(_ path: [UInt8]) -> Bool {
        var path = path
        for _ in 0..<40 {
            let name = path.split(separator: UInt8(ascii: "/")).last ?? []
            if !name.isEmpty, name.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) { return true }
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = CPath.with(path) { readlink($0, &buffer, buffer.count) }
            guard count > 0 else { return false }
            let target = buffer[..<count].map(UInt8.init(bitPattern:))
            let folder = target.first == UInt8(ascii: "/") ? [] : path.dropLast(name.count)
            path = folder + target
        }
        return false
    }
}
