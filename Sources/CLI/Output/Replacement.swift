import Platform

/// A new file beside an old one, which takes its place when it is finished.
struct Replacement {
    let descriptor: Int32
    private let target: [UInt8]
    private let temporary: [UInt8]

    /// Makes an empty file in the target's folder.
    ///
    /// - Parameters:
    ///   - target: a path with symbolic links resolved; a file there must be writable, and its mode is kept.
    ///   - thing: what the target is, for the error.
    init(of target: [UInt8], _ thing: Message) throws(Failure) {
        var status = stat()
        let isThere = CPath.with(target) { stat($0, &status) } == 0
        guard isThere || errno == ENOENT else { throw .system(thing) }
        if isThere, status.st_mode & S_IFMT == S_IFDIR {
            throw .local(thing, reason: Message(own: ErrorNumber(EISDIR).words))
        }
        if isThere, CPath.with(target, { access($0, W_OK) }) != 0 { throw .system(thing) }
        let folder = target.lastIndex(of: UInt8(ascii: "/")).map { target[...$0] } ?? []
        self.target = target
        (temporary, descriptor) = Self.make(in: folder)
        guard descriptor >= 0 else { throw .system(thing) }
        if isThere { fchmod(descriptor, status.st_mode & 0o7777) }
    }

    /// Makes a file of a new name; a negative descriptor when the system refuses.
    private static func make(in folder: ArraySlice<UInt8>) -> (path: [UInt8], descriptor: Int32) {
        // A process that was killed leaves its file, and in a container the next one has the same number.
        for attempt in 0..<100 {
            let path = folder + Array(".cerebras-\(getpid())\(attempt == 0 ? "" : "-\(attempt)")".utf8)
            let descriptor = CPath.with(Array(path)) { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
            if descriptor >= 0 || errno != EEXIST { return (Array(path), descriptor) }
        }
        return ([], -1)
    }

    /// Puts the new file in the old one's place.
    func commit(_ thing: Message) throws(Failure) {
        // Some file systems report a full disk only here.
        guard close(descriptor) == 0, CPath.with(temporary, { new in CPath.with(target) { rename(new, $0) } }) == 0
        else {
            let failure = Failure.system(thing)
            discard()
            throw failure
        }
    }

    /// Removes the new file; the old one was never touched.
    func discard() {
        _ = CPath.with(temporary) { unlink($0) }
    }
}
