#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Writes pieces to a pipe, a terminal or a file as fast as they are taken, without waiting. The descriptor, which other
/// programs may have, too, is not changed for that.
public final class StreamOutput {
    private let descriptor: Int32
    private let label: Message
    /// What is to be written, its first ``written`` bytes done.
    private var pending: [UInt8] = []
    private var written = 0
    /// Where the pieces end that are not written whole, in bytes since the first.
    private var ends: [Int] = []
    private var firstEnd = 0
    private var total = 0
    /// The type bits of its mode.
    private let type: mode_t

    /// An open descriptor.
    ///
    /// - Parameter label: what it is, for the error.
    public init(_ descriptor: Int32, _ label: Message) {
        (self.descriptor, self.label) = (descriptor, label)
        var status = stat()
        type = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
    }

    /// How many bytes are to be written.
    public var pendingCount: Int { pending.count - written }

    /// How many pieces are not written, or not whole.
    public var pendingPieces: Int { ends.count - firstEnd }

    /// Adds a piece at the end.
    public func add(_ piece: [UInt8]) {
        pending += piece
        total += piece.count
        ends.append(total)
    }

    /// Writes what is taken at once.
    ///
    /// - Throws: ``SystemError`` for a closed pipe, or what the system says.
    public func pump() throws(SystemError) {
        while pendingCount > 0, isFile || isReady() {
            let count = writeSome()
            if count >= 0 {
                note(count)
            } else if errno == EAGAIN {
                return
            } else if errno == EPIPE || errno == EIO && OutputReader.isGone(descriptor) {
                throw .closedPipe
            } else if errno != EINTR {
                throw .lastCall(label)
            }
        }
        // An open row may keep everything else waiting: whether anyone still reads shows here alone.
        if !isFile, OutputReader(of: descriptor).isGone { throw .closedPipe }
    }

    /// Writes all of it, waiting for the reader.
    ///
    /// - Throws: ``SystemError`` for a closed pipe, a signal, or what the system says.
    public func finish() throws(SystemError) {
        while pendingCount > 0 {
            try pump()
            guard pendingCount > 0 else { return }
            try StopSignals.check()
            var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            poll(&ready, 1, 200)
        }
    }

    /// A write to a file never waits for anyone.
    private var isFile: Bool { type == S_IFREG }

    /// Writes no more than goes without a wait where something is ready.
    private func writeSome() -> Int {
        let most =
            switch type {
            case S_IFREG, S_IFSOCK: Int.max
            case S_IFIFO: Int(PIPE_BUF)
            // A terminal says that it is ready when it has room for little more.
            default: 256
            }
        let end = pendingCount > most ? written + most : pending.count
        return pending[written..<end].withUnsafeBytes { bytes in
            type == S_IFSOCK
                ? send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT))
                : systemWrite(descriptor, bytes.baseAddress, bytes.count)
        }
    }

    private func isReady() -> Bool {
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&ready, 1, 0) > 0
    }

    private func note(_ count: Int) {
        written += count
        let done = total - pendingCount
        while firstEnd < ends.count, ends[firstEnd] <= done { firstEnd += 1 }
        guard 2 * written >= pending.count else { return }
        pending.removeFirst(written)
        written = 0
        ends.removeFirst(firstEnd)
        firstEnd = 0
    }
}
