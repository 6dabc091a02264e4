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
    init(of target: [UInt8], _ thing: String) throws(Failure) {
        var status = stat()
        let isThere = CPath.with(target) { stat($0, &status) } == 0
        if isThere, status.st_mode & S_IFMT == S_IFDIR {
            throw .local(thing, reason: String(cString: strerror(EISDIR)))
        }
        if isThere, CPath.with(target, { access($0, W_OK) }) != 0 { throw .system(thing) }
        let folder = target.lastIndex(of: UInt8(ascii: "/")).map { target[...$0] } ?? []
        temporary = folder + Array(".cerebras-\(getpid())".utf8)
        self.target = target
        descriptor = CPath.with(temporary) { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
        guard descriptor >= 0 else { throw .system(thing) }
        if isThere { fchmod(descriptor, status.st_mode & 0o7777) }
    }

    /// Puts the new file in the old one's place.
    func commit(_ thing: String) throws(Failure) {
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
