#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file that is made beside another and takes its place once it is complete.
///
/// Whoever may do something with the old file may do the same with the new one, and nothing more, from its first byte on. Where
/// that can't be had, the old file's content is written over once the new one is complete.
public final class Replacement {
    /// Takes the bytes.
    public let descriptor: Int32
    /// Why the file is to be written over and not replaced; nil when it is to be replaced.
    public let obstacle: Message?
    private let place: FilePlace
    private let label: Message
    private let temporary: TemporaryFile
    private var isNamed: Bool
    private var isSpoiled = false

    /// Decides how the file is to be written, and makes an empty one to write to.
    ///
    /// - Parameter label: what the file is, for the error.
    /// - Throws: ``SystemError`` when the file can be written in neither way; nothing has changed then.
    public init(at place: FilePlace, _ label: Message, _ context: ProcessContext) throws(SystemError) {
        self.place = place
        self.label = label
        do throws(ErrorNumber) {
            guard let target = try Self.open(place) else {
                temporary = try Self.makeNew(in: place.folder)
                (descriptor, obstacle, isNamed) = (temporary.descriptor, nil, true)
                return
            }
            defer { close(target) }
            switch Self.makeEqual(to: target, at: place) {
            case .success(let file):
                temporary = file
                (obstacle, isNamed) = (nil, true)
            case .failure(let found):
                temporary = try TemporaryFile.unnamed(in: place.folder, context)
                (obstacle, isNamed) = (found.words(and: temporary.leftover), false)
            }
            descriptor = temporary.descriptor
        } catch {
            throw .call(label, error)
        }
    }

    /// Waits until what was written is stored, so that it can be put in the file's place.
    public func synchronize() throws(SystemError) {
        do throws(ErrorNumber) {
            try Overwriting.synchronize(descriptor)
        } catch {
            throw .call(label, error)
        }
    }

    /// Puts what was written in the file's place, to be called where ``Watchdog`` does not interrupt it.
    ///
    /// - Parameter isEnding: whether to do so also when the program was asked to stop.
    /// - Returns: why the file was written over and not replaced, if that was not known before; nil when there is nothing to say.
    /// - Throws: ``SystemError`` for a signal, or what the system says.
    public func commit(isEnding: Bool = false) throws(SystemError) -> Message? {
        if !isEnding { try StopSignals.check() }
        do throws(ErrorNumber) {
            let target = try Self.open(place)
            defer { if let target { close(target) } }
            guard isNamed else {
                try overwrite(target)
                return nil
            }
            // It may not be the file any more that it was.
            var found = target.flatMap { Self.obstacle(to: descriptor, replacing: $0, at: place) }
            if found == nil {
                do throws(ErrorNumber) {
                    try temporary.rename(to: place.name)
                    isNamed = false
                    // Some file systems report only now that something was not stored, and the old file is gone.
                    isSpoiled = close(descriptor) != 0
                    if isSpoiled { throw ErrorNumber(errno) }
                    return nil
                } catch {
                    guard isNamed, target != nil else { throw error }
                    found = Obstacle(Message(own: error.words))
                }
            }
            try overwrite(target)
            isNamed = false
            return found?.words(and: temporary.unlink())
        } catch {
            discard()
            guard isSpoiled else { throw .call(label, error) }
            throw .refused(label, reason: "\(own: error.words); its content is incomplete")
        }
    }

    /// Puts what was written in the file's place by renaming it, to be called where ``Watchdog`` does not interrupt it. Unlike
    /// ``commit()`` it never writes over the file, and leaves the descriptor open.
    ///
    /// - Throws: ``SystemError`` for a signal, for what keeps the file from being replaced, or what the system says; the file
    ///   is as it was then.
    public func replace() throws(SystemError) {
        try StopSignals.check()
        var refusal: Message?
        do throws(ErrorNumber) {
            let target = try Self.open(place)
            defer { if let target { close(target) } }
            // It may not be the file any more that it was.
            let found = target.flatMap { Self.obstacle(to: descriptor, replacing: $0, at: place) }
            refusal = found?.words(and: nil) ?? obstacle
            guard refusal == nil else { throw ErrorNumber(EINVAL) }
            try temporary.rename(to: place.name)
            isNamed = false
        } catch {
            throw refusal.map { .refused(label, reason: "it can't be replaced: \($0)") } ?? .call(label, error)
        }
    }

    /// Drops what was written, and closes the descriptor.
    public func abandon() {
        discard()
        close(descriptor)
    }

    /// Drops what was written, unless it is in place.
    ///
    /// - Returns: whether the file is as it was.
    @discardableResult
    public func discard() -> Bool {
        if isNamed { temporary.unlink() }
        isNamed = false
        return !isSpoiled
    }

    private func overwrite(_ target: Int32?) throws(ErrorNumber) {
        let created = target == nil ? try Self.makeNew(in: place.folder) : nil
        if let created { try created.rename(to: place.name) }
        defer { if let created { close(created.descriptor) } }
        guard let target = target ?? created?.descriptor else { return }
        try Overwriting(target).write(contentOf: descriptor, &isSpoiled)
        close(descriptor)
    }

    /// The file that is there, open for writing; nil when there is none.
    private static func open(_ place: FilePlace) throws(ErrorNumber) -> Int32? {
        let flags = O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let descriptor = CPath.with(place.name) { openat(place.folder.descriptor, $0, flags) }
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw ErrorNumber(errno)
        }
        // Something else may have come there since it was looked at.
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ErrorNumber(EINVAL)
        }
        return descriptor
    }

    /// A new file with the attributes that any new file gets there.
    private static func makeNew(in folder: Folder) throws(ErrorNumber) -> TemporaryFile {
        let file = try TemporaryFile(in: folder)
        do throws(FileAttributes.Problem) {
            try FileAttributes.applyDefaults(to: file.descriptor, in: folder.descriptor)
            return file
        } catch {
            file.unlink()
            close(file.descriptor)
            // The system knows them, too.
            return try TemporaryFile(in: folder, mode: 0o666)
        }
    }

    /// A new file with the attributes of the one it is to replace.
    private static func makeEqual(to target: Int32, at place: FilePlace) -> Result<TemporaryFile, Obstacle> {
        if let obstacle = Obstacle(to: target, at: place) { return .failure(obstacle) }
        do throws(ErrorNumber) {
            let file = try TemporaryFile(in: place.folder)
            guard let obstacle = obstacle(to: file.descriptor, replacing: target, at: place) else {
                return .success(file)
            }
            file.unlink()
            close(file.descriptor)
            return .failure(obstacle)
        } catch {
            return .failure(Obstacle("can't create a file next to it (\(own: error.words))"))
        }
    }

    /// What keeps a file, which gets the attributes of another, from taking its place; nil when nothing does.
    private static func obstacle(to file: Int32, replacing target: Int32, at place: FilePlace) -> Obstacle? {
        if let obstacle = Obstacle(to: target, at: place) { return obstacle }
        do throws(FileAttributes.Problem) {
            try FileAttributes(of: target).apply(to: file)
            return nil
        } catch {
            return Obstacle("\(error.attribute) can't be kept (\(own: error.error.words))")
        }
    }
}

/// Why a file can't be replaced by another of its name.
private struct Obstacle: Error {
    private let words: Message

    init(_ words: Message) {
        self.words = words
    }

    /// What to say of it, and of a temporary file that is left.
    func words(and leftover: Message?) -> Message {
        leftover.map { "\(words); \($0)" } ?? words
    }

    /// What is known of an open file before anything is tried; nil for nothing.
    init?(to target: Int32, at place: FilePlace) {
        var status = stat()
        guard fstat(target, &status) == 0 else { return nil }
        if status.st_nlink > 1 {
            words = "it has other hard links"
        } else if CPath.with(place.name, { FileCalls.isMountPoint($0, in: place.folder.descriptor) }) {
            words = "it is a mount point"
        } else if let folder = try? place.folder.status(of: [UInt8(ascii: ".")]), folder.st_mode & S_ISVTX != 0,
            ![0, status.st_uid, folder.st_uid].contains(geteuid())
        {
            words = "only its owner may replace it in its folder"
        } else {
            return nil
        }
    }
}
