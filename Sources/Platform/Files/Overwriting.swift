#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Writes a file over where it stands. Once begun it is done to its end, whatever signals come: half of it would be worse than
/// the old content and the new.
struct Overwriting {
    private let target: Int32

    /// Of a file that is open for writing.
    init(_ target: Int32) {
        self.target = target
    }

    /// Writes what another file holds.
    ///
    /// - Parameter hasBegun: becomes true before the first byte changes, and false after the last.
    /// - Throws: what the system says; that there is no room, before anything changes.
    func write(contentOf source: Int32, _ hasBegun: inout Bool) throws(ErrorNumber) {
        let (size, oldSize) = (lseek(source, 0, SEEK_END), lseek(target, 0, SEEK_END))
        guard size >= 0 else { throw ErrorNumber(errno) }
        try dropSetIDs()
        do throws(ErrorNumber) {
            try FileCalls.reserve(size, for: target)
        } catch {
            // What was set aside before the room was used up.
            if oldSize >= 0 { ftruncate(target, oldSize) }
            throw error
        }
        hasBegun = true
        try copy(size, from: source)
        guard ftruncate(target, size) == 0 else { throw ErrorNumber(errno) }
        try Self.synchronize(target)
        hasBegun = false
    }

    /// Waits until a file is stored, where the file system supports that.
    static func synchronize(_ descriptor: Int32) throws(ErrorNumber) {
        while fsync(descriptor) != 0 {
            if [EINVAL, ENOTSUP, EOPNOTSUPP, EROFS].contains(errno) { return }
            guard errno == EINTR else { throw ErrorNumber(errno) }
        }
    }

    /// The system does so for everyone but the superuser and sometimes the owner, who can.
    private func dropSetIDs() throws(ErrorNumber) {
        var status = stat()
        guard fstat(target, &status) == 0 else { throw ErrorNumber(errno) }
        guard status.st_mode & (S_ISUID | S_ISGID) != 0, [0, status.st_uid].contains(geteuid()) else { return }
        if fchmod(target, status.st_mode & 0o1777) != 0 { throw ErrorNumber(errno) }
    }

    private func copy(_ size: off_t, from source: Int32) throws(ErrorNumber) {
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        var place: off_t = 0
        while place < size {
            let count = buffer.withUnsafeMutableBytes { pread(source, $0.baseAddress, $0.count, place) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw ErrorNumber(errno) }
            // It has become shorter, which nobody but this program can make it.
            guard count > 0 else { throw ErrorNumber(EIO) }
            try put(buffer[..<count], at: place)
            place += off_t(count)
        }
    }

    private func put(_ bytes: ArraySlice<UInt8>, at start: off_t) throws(ErrorNumber) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                pwrite(target, bytes.baseAddress.map { $0 + done }, bytes.count - done, start + off_t(done))
            }
            if count < 0, errno != EINTR { throw ErrorNumber(errno) }
            done += max(0, count)
        }
    }
}
