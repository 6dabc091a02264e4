#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file that only its owner may open, whatever the process's mask, until it is given other attributes.
struct TemporaryFile {
    /// Open for reading and writing.
    let descriptor: Int32
    /// Its name in the folder.
    let name: [UInt8]
    private let folder: Folder
    /// What tells it from others under its name, also when it is closed.
    private let own: stat
    /// Says that its name could not be taken from it; nil where it was, or keeps it.
    private(set) var leftover: Message?

    /// Makes an empty file.
    ///
    /// - Parameter mode: what the file is opened with, for a file system that lets no mode be set later.
    /// - Throws: what the system says.
    init(in folder: Folder, mode: mode_t = 0o600) throws(ErrorNumber) {
        self.folder = folder
        // A process that was killed leaves its file, and in a container the next one has the same number.
        for attempt in 0..<100 {
            let suffix = attempt == 0 ? "" : "-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
            let name = Array(".cerebras-\(getpid())\(suffix)".utf8)
            let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
            let descriptor = Watchdog.uninterrupted {
                let descriptor = CPath.with(name) { openat(folder.descriptor, $0, flags, mode) }
                if descriptor >= 0 { Watchdog.add(Watchdog.Temporary(folder: folder.descriptor, name: name)) }
                return descriptor
            }
            if descriptor >= 0 {
                self.name = name
                self.descriptor = descriptor
                var status = stat()
                fstat(descriptor, &status)
                own = status
                return
            }
            guard errno == EEXIST || errno == EINTR else { throw ErrorNumber(errno) }
        }
        throw ErrorNumber(EEXIST)
    }

    /// Makes a file without a name: in a folder, or where temporary files are kept.
    ///
    /// - Throws: what the system says.
    static func unnamed(in folder: Folder, _ context: ProcessContext) throws(ErrorNumber) -> TemporaryFile {
        do throws(ErrorNumber) {
            return try TemporaryFile(in: folder).unnamed()
        } catch {
            let named = context.variable("TMPDIR").flatMap { $0.isEmpty ? nil : $0 }
            return try TemporaryFile(in: Folder(named ?? Array("/tmp".utf8), in: nil)).unnamed()
        }
    }

    /// The same file without its name, so that nothing of it is left however the process ends.
    func unnamed() -> TemporaryFile {
        var file = self
        file.leftover = unlink()
        return file
    }

    /// Takes its name from it.
    ///
    /// - Returns: what to say when that fails; nil when the name is gone.
    @discardableResult
    func unlink() -> Message? {
        Watchdog.uninterrupted {
            defer { forget() }
            guard isThere, CPath.with(name, { unlinkat(folder.descriptor, $0, 0) }) != 0 else { return nil }
            return "the temporary file \(quoted: name) can't be removed (\(own: ErrorNumber(errno).words))"
        }
    }

    /// Gives it another name in its folder, in place of what is there.
    ///
    /// - Throws: what the system says.
    func rename(to newName: [UInt8]) throws(ErrorNumber) {
        try Watchdog.uninterrupted { () throws(ErrorNumber) in
            guard isThere else { throw ErrorNumber(ESTALE) }
            let result = CPath.with(name) { old in
                CPath.with(newName) { renameat(folder.descriptor, old, folder.descriptor, $0) }
            }
            if result != 0 { throw ErrorNumber(errno) }
            forget()
        }
    }

    /// Whether its name is still its own: whoever may write to the folder can give it to another file.
    private var isThere: Bool {
        guard let there = try? folder.status(of: name) else { return false }
        return own.st_dev == there.st_dev && own.st_ino == there.st_ino
    }

    private func forget() {
        Watchdog.remove(Watchdog.Temporary(folder: folder.descriptor, name: name))
    }
}
