#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A regular file that grows by whole pieces at its end, and that no other process which locks it so can have open meanwhile:
/// also not one that opened it before it was replaced, since a lock counts only while the path leads to what is locked.
public final class LockedFile {
    /// Why a file can't be had, or not be changed.
    public enum Problem: Error {
        /// Another process has it.
        case inUse
        /// It can't be replaced atomically, for this reason.
        case notReplaceable(Message)
        /// What the system, or a signal, says.
        case system(SystemError)
    }

    /// Open for reading and for appending.
    public private(set) var descriptor: Int32
    /// How many bytes it holds.
    public private(set) var size: Int
    /// When it was written to last before it was opened, in seconds since 1970.
    public let lastChange: Int
    /// Whether this made the file.
    private let isNew: Bool
    private let backgroundSync = BackgroundSync()
    private let place: FilePlace
    private let label: Message
    /// Whether a part of a piece is at its end and could not be taken away.
    private var isTorn = false

    /// As often as another process may replace the file just when it is opened.
    private static let mostAttempts = 100

    /// Opens the file, which is made if nothing is there, and locks it for as long as this lives.
    ///
    /// - Parameter label: what the file is, for the error.
    /// - Throws: ``Problem``; nothing has changed then.
    public init(at place: FilePlace, _ label: Message) throws(Problem) {
        (self.place, self.label) = (place, label)
        for _ in 0..<Self.mostAttempts {
            let (descriptor, isNew) = try Self.open(place, label)
            do throws(Problem) {
                try Self.lock(descriptor, label)
                let status = try Self.status(descriptor, label)
                if try Self.isSame(status, place) {
                    (self.descriptor, self.isNew, size) = (descriptor, isNew, Int(status.st_size))
                    #if canImport(Darwin)
                    lastChange = Int(status.st_mtimespec.tv_sec)
                    #else
                    lastChange = Int(status.st_mtim.tv_sec)
                    #endif
                    return
                }
            } catch {
                close(descriptor)
                throw error
            }
            // It was replaced between the two calls: what is locked is no longer the file.
            close(descriptor)
        }
        throw .inUse
    }

    deinit { close(descriptor) }

    /// Adds a piece at the end, by one call where the system takes it whole: all of it, or nothing.
    ///
    /// - Throws: ``SystemError`` when it could not be written; the file is as it was before then, unless it can't even be
    ///   shortened: it takes no more pieces after that.
    public func append(_ piece: [UInt8]) throws(SystemError) {
        try Watchdog.uninterrupted { () throws(SystemError) in
            guard !isTorn else { throw .refused(label, reason: "it ends in an incomplete line") }
            try checkIntact()
            do throws(ErrorNumber) {
                try write(piece)
                size += piece.count
            } catch {
                isTorn = ftruncate(descriptor, off_t(size)) != 0
                throw .call(label, error)
            }
        }
    }

    /// Makes sure that so many bytes could be added: they are, as NULs, and are cut off again.
    ///
    /// - Throws: ``SystemError`` when they can't be written; the file is as it was then.
    public func checkRoom(for count: Int) throws(SystemError) {
        try Watchdog.uninterrupted { () throws(SystemError) in
            let before = size
            try append([UInt8](repeating: 0, count: count))
            try truncate(to: before)
        }
    }

    /// Removes the file if this made it and nothing was written to it.
    ///
    /// - Returns: whether it is gone, so that nothing more can be done with it.
    public func removeIfUnused() -> Bool {
        Watchdog.uninterrupted {
            guard isNew, size == 0, (try? isInPlace()) == true else { return false }
            return CPath.with(place.name) { unlinkat(place.folder.descriptor, $0, 0) } == 0
        }
    }

    /// Cuts off what is behind a size.
    public func truncate(to size: Int) throws(SystemError) {
        try Watchdog.uninterrupted { () throws(SystemError) in
            while ftruncate(descriptor, off_t(size)) != 0 {
                guard errno == EINTR else { throw .lastCall(label) }
            }
            self.size = size
        }
    }

    /// Waits until what was written is stored, where the file system supports that.
    public func synchronize() throws(SystemError) {
        do throws(ErrorNumber) {
            try Overwriting.synchronize(descriptor)
        } catch {
            throw .call(label, error)
        }
    }

    /// Begins to store what was written, while the program goes on; an error shows at the next time.
    ///
    /// - Returns: false when the last time has not ended yet.
    /// - Throws: ``SystemError``, also when the path does not lead to the file any more.
    public func beginSynchronizing() throws(SystemError) -> Bool {
        try checkIntact()
        do throws(ErrorNumber) {
            return try backgroundSync.start(descriptor)
        } catch {
            throw .call(label, error)
        }
    }

    /// Makes sure that the path still leads to this file, and that all of it is there.
    ///
    /// - Throws: ``SystemError`` when another program has replaced, removed or shortened it.
    public func checkIntact() throws(SystemError) {
        guard try isInPlace() else { throw .refused(label, reason: Self.replacedReason) }
        let left = try presentSize
        guard left >= size else {
            throw .refused(label, reason: "another program shortened it from \(size) to \(left) bytes")
        }
    }

    /// How many bytes there are, whoever wrote them.
    public var presentSize: Int {
        get throws(SystemError) {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw .lastCall(label) }
            return Int(status.st_size)
        }
    }

    /// Whether the path still leads to this file.
    public func isInPlace() throws(SystemError) -> Bool {
        do throws(Problem) {
            return try Self.isSame(Self.status(descriptor, label), place)
        } catch {
            if case .system(let error) = error { throw error }
            return false
        }
    }

    /// Why the file can't be replaced atomically; nil when it can, as far as shows without doing so.
    public func obstacle(_ context: ProcessContext) throws(SystemError) -> Message? {
        let replacement = try Replacement(at: place, label, context)
        replacement.abandon()
        return replacement.obstacle
    }

    /// Puts another content in the place of the present one, atomically: whatever happens, the path leads to the one or the
    /// other, whole and locked. Owner, mode, access control list and extended attributes stay.
    ///
    /// - Parameter write: writes the new content to a descriptor.
    /// - Throws: ``Problem``, also for what `write` throws; the file is as it was then.
    public func replaceContent(
        _ context: ProcessContext, by write: (Int32) throws(SystemError) -> Void
    ) throws(Problem) {
        let replacement = try Self.system { () throws(SystemError) in try Replacement(at: place, label, context) }
        do throws(Problem) {
            if let obstacle = replacement.obstacle { throw .notReplaceable(obstacle) }
            // Locked before it has the file's name, so that there is no moment in which another process can lock it.
            try Self.lock(replacement.descriptor, label)
            let size = try Self.system { () throws(SystemError) in
                guard fcntl(replacement.descriptor, F_SETFL, O_APPEND) == 0 else { throw .lastCall(label) }
                try write(replacement.descriptor)
                try replacement.synchronize()
                guard try isInPlace() else { throw .refused(label, reason: Self.replacedReason) }
                let size = Int(lseek(replacement.descriptor, 0, SEEK_END))
                try Watchdog.uninterrupted { () throws(SystemError) in try replacement.replace() }
                return size
            }
            close(descriptor)
            (descriptor, self.size, isTorn) = (replacement.descriptor, size, false)
        } catch {
            replacement.abandon()
            throw error
        }
    }

    private static func system<Result>(_ body: () throws(SystemError) -> Result) throws(Problem) -> Result {
        do throws(SystemError) { return try body() } catch { throw .system(error) }
    }

    /// Why nothing more is written to a file to which the path does not lead any more.
    public static let replacedReason: Message = "another program replaced or removed it"

    private func write(_ piece: [UInt8]) throws(ErrorNumber) {
        var done = 0
        while done < piece.count {
            let count = piece.withUnsafeBytes { bytes in
                systemWrite(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            }
            if count < 0, errno != EINTR { throw ErrorNumber(errno) }
            // No call is refused so, and asking again would never end.
            if count == 0 { throw ErrorNumber(EIO) }
            done += max(0, count)
        }
    }

    private static func open(_ place: FilePlace, _ label: Message) throws(Problem) -> (descriptor: Int32, isNew: Bool) {
        let flags = O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        // It is made only when it is not there: Linux refuses that for another user's file in a shared folder.
        for creation in [0, O_CREAT | O_EXCL, 0] {
            let descriptor = CPath.with(place.name) { openat(place.folder.descriptor, $0, flags | creation, 0o666) }
            if descriptor >= 0 { return (descriptor, creation != 0) }
            guard [ENOENT, EEXIST, EINTR].contains(errno) else { break }
        }
        throw .system(.lastCall(label))
    }

    private static func lock(_ descriptor: Int32, _ label: Message) throws(Problem) {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EWOULDBLOCK { throw .inUse }
            guard errno != EINTR else { continue }
            let words = ErrorNumber(errno).words
            throw .system(
                .refused(label, reason: "it can't be locked (\(own: words)), as two runs at once would spoil it"))
        }
    }

    private static func status(_ descriptor: Int32, _ label: Message) throws(Problem) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system(.lastCall(label)) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .system(.refused(label, reason: "it is not a regular file"))
        }
        return status
    }

    private static func isSame(_ status: stat, _ place: FilePlace) throws(Problem) -> Bool {
        do throws(ErrorNumber) {
            let there = try place.folder.status(of: place.name)
            return there.st_dev == status.st_dev && there.st_ino == status.st_ino
        } catch {
            return false
        }
    }
}
