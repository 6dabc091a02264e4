#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Questions to a file descriptor, none of which reads from it.
public enum Descriptor {
    /// Whether it is a terminal.
    public static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }

    /// Whether bytes stand ready in a pipe or socket.
    public static func hasPipedBytes(_ descriptor: Int32) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return false }
        let type = status.st_mode & S_IFMT
        guard type == S_IFIFO || type == S_IFSOCK else { return false }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        var count: Int32 = 0
        return poll(&waiting, 1, 0) == 1 && ioctl(descriptor, UInt(FIONREAD), &count) == 0 && count > 0
    }

    /// Whether bytes, or its end, can be read at once.
    public static func isReadable(_ descriptor: Int32) -> Bool {
        var readable = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&readable, 1, 0) > 0
    }

    /// Where a regular file is read or written next; nil for anything else.
    public static func position(of descriptor: Int32) -> Int? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(lseek(descriptor, 0, SEEK_CUR))
    }

    /// Has a regular file read or written next at a place.
    public static func seek(_ descriptor: Int32, to position: Int) {
        lseek(descriptor, off_t(position), SEEK_SET)
    }

    /// Whether it is a regular file of which nothing was read yet, and which is not empty.
    public static func isUnreadFile(_ descriptor: Int32) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
            return false
        }
        return lseek(descriptor, 0, SEEK_CUR) == 0
    }

    /// Opens the null device in place of standard descriptors that the program was started without, so that no file or
    /// connection takes their numbers.
    ///
    /// - Returns: those that were closed.
    @discardableResult
    public static func fillClosedStandards() -> Set<Int32> {
        var closed: Set<Int32> = []
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            // Opened for the wrong direction, so that using it still fails as using a closed one would.
            _ = systemOpen("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
            closed.insert(descriptor)
        }
        return closed
    }

    /// Opens what a path names, to be read.
    ///
    /// - Parameter label: what the path names, for the error.
    /// - Throws: as opening it in any other way.
    public static func open(_ path: [UInt8], _ label: Message) throws(SystemError) -> Int32 {
        try open(path, O_RDONLY, label)
    }

    /// Closes a descriptor of the program's own.
    public static func close(_ descriptor: Int32) {
        systemClose(descriptor)
    }

    /// Opens something that is not a regular file, to be written.
    ///
    /// - Parameter label: what it is, for the error.
    /// - Throws: as opening it in any other way.
    public static func open(device place: FilePlace, _ label: Message) throws(SystemError) -> Int32 {
        try open(place.name, O_WRONLY | O_NOFOLLOW | O_NOCTTY, label, in: place.folder)
    }

    /// Opens what a path names, which may take as long as it takes: a named pipe waits for its other end.
    ///
    /// - Parameters:
    ///   - label: what the path names, for the error.
    ///   - folder: where a relative path begins; nil for the working folder.
    /// - Throws: ``SystemError`` for a signal, for a descriptor that is not the caller's, or what the system says.
    static func open(
        _ path: [UInt8], _ flags: Int32, _ label: Message, in folder: Folder? = nil
    ) throws(SystemError) -> Int32 {
        if folder == nil { try PassedDescriptor.checkInput(path, label) }
        while true {
            let descriptor = CPath.with(path) { openat(folder?.descriptor ?? AT_FDCWD, $0, flags | O_CLOEXEC) }
            if descriptor >= 0 {
                guard StopSignals.isOwn(descriptor) else { return descriptor }
                close(descriptor)
                throw .notPassed(label, descriptor: nil)
            }
            guard errno == EINTR else { throw .lastCall(label) }
            try StopSignals.check()
        }
    }

    /// Writes all of the bytes. Once the program is asked to end, a reader that stands still is not waited for.
    ///
    /// - Parameter label: what the descriptor is, for the error.
    /// - Throws: ``SystemError`` for a closed pipe, a signal, or what the system says.
    public static func write(_ bytes: [UInt8], to descriptor: Int32, _ label: Message) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let isEnding = StopSignals.received != nil
            if isEnding, !isReady(descriptor) { try StopSignals.check() }
            // So much goes into a pipe that is ready without a wait.
            let end = isEnding ? min(bytes.count, written + Int(PIPE_BUF)) : bytes.count
            let count = bytes[written..<end].withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                written += count
            } else if errno == EPIPE || (errno == EIO && OutputReader.isGone(descriptor)) {
                throw .closedPipe
            } else if errno == EINTR {
                try StopSignals.check()
            } else if errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            } else {
                throw .lastCall(label)
            }
        }
    }

    /// Whether bytes can be written at once, or soon.
    private static func isReady(_ descriptor: Int32) -> Bool {
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&ready, 1, 200) > 0
    }

    /// Reads to the end.
    ///
    /// - Parameters:
    ///   - label: what the descriptor is, for the error.
    ///   - limit: more bytes than these are an error, found before any of them is held where the size is known.
    public static func readAll(_ descriptor: Int32, _ label: Message, upTo limit: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
            let left = Int(status.st_size) - max(0, Int(lseek(descriptor, 0, SEEK_CUR)))
            guard left <= limit else { throw .tooLarge(label, limit: limit) }
            bytes.reserveCapacity(max(0, left))
        }
        let reader = DescriptorReader(descriptor, label)
        while let piece = try reader.next() {
            bytes += piece
            if bytes.count > limit { throw .tooLarge(label, limit: limit) }
        }
        return bytes
    }
}

/// Reads a descriptor piece by piece.
public final class DescriptorReader {
    private let descriptor: Int32
    private let label: Message
    private var buffer = [UInt8](repeating: 0, count: 256 * 1024)

    /// Reads from where the descriptor stands.
    ///
    /// - Parameter label: what the descriptor is, for the error.
    public init(_ descriptor: Int32, _ label: Message) {
        (self.descriptor, self.label) = (descriptor, label)
    }

    /// The next bytes, waited for; nil at the end.
    ///
    /// - Throws: ``SystemError`` for a signal, or what the system says.
    public func next() throws(SystemError) -> ArraySlice<UInt8>? {
        while true {
            let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { return buffer[..<count] }
            if count == 0 { return nil }
            guard errno == EINTR || errno == EAGAIN else { throw .lastCall(label) }
            let isBusy = errno == EAGAIN
            try StopSignals.check()
            guard isBusy else { continue }
            var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            poll(&ready, 1, -1)
        }
    }
}
