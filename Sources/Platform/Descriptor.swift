import Flags
import Platform

/// Questions to a file descriptor, none of which reads from it.
enum Descriptor {
    /// Whether it is a terminal.
    static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }

    /// Whether bytes stand ready in a pipe or socket.
    static func hasPipedBytes(_ descriptor: Int32) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return false }
        let type = status.st_mode & S_IFMT
        guard type == S_IFIFO || type == S_IFSOCK else { return false }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        var count: Int32 = 0
        return poll(&waiting, 1, 0) == 1 && ioctl(descriptor, UInt(FIONREAD), &count) == 0 && count > 0
    }

    /// Opens the null device in place of standard descriptors that the program was started without, so that no file or
    /// connection takes their numbers.
    ///
    /// - Returns: those that were closed.
    static func fillClosedStandards() -> Set<Int32> {
        var closed: Set<Int32> = []
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
            // Opened for the wrong direction, so that using it still fails as using a closed one would.
            _ = Platform.open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
            closed.insert(descriptor)
        }
        return closed
    }

    /// Opens what a path names, which may take as long as it takes: a named pipe waits for its other end.
    ///
    /// - Parameters:
    ///   - label: what the path names, for the error.
    ///   - folder: where a relative path begins; nil for the working folder.
    /// - Throws: ``Failure`` for a signal, for a descriptor that is not the caller's, or what the system says.
    static func open(
        _ path: [UInt8], _ flags: Int32, _ label: Message, in folder: Folder? = nil
    ) throws(Failure) -> Int32 {
        if folder == nil { try PassedDescriptor.checkInput(path, label) }
        while true {
            let descriptor = CPath.with(path) { openat(folder?.descriptor ?? AT_FDCWD, $0, flags | O_CLOEXEC) }
            if descriptor >= 0 {
                guard StopSignals.isOwn(descriptor) else { return descriptor }
                close(descriptor)
                throw .local(label, reason: "this pipe was not passed to the program")
            }
            guard errno == EINTR else { throw .system(label) }
            try StopSignals.check()
        }
    }

    /// Writes all of the bytes. Once the program is asked to end, a reader that stands still is not waited for.
    ///
    /// - Parameter label: what the descriptor is, for the error.
    /// - Throws: ``Failure`` for a closed pipe, a signal, or what the system says.
    static func write(_ bytes: [UInt8], to descriptor: Int32, _ label: Message) throws(Failure) {
        var written = 0
        while written < bytes.count {
            let isEnding = StopSignals.received != nil
            if isEnding, !isReady(descriptor) { try StopSignals.check() }
            // So much goes into a pipe that is ready without a wait.
            let end = isEnding ? min(bytes.count, written + Int(PIPE_BUF)) : bytes.count
            let count = bytes[written..<end].withUnsafeBytes { Platform.write(descriptor, $0.baseAddress, $0.count) }
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
                throw .system(label)
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
    static func readAll(_ descriptor: Int32, _ label: Message, upTo limit: Int) throws(Failure) -> [UInt8] {
        let excess = Failure.local(label, reason: "gives more than \(ByteCount(limit))")
        var bytes: [UInt8] = []
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
            let left = Int(status.st_size) - max(0, Int(lseek(descriptor, 0, SEEK_CUR)))
            guard left <= limit else { throw excess }
            bytes.reserveCapacity(max(0, left))
        }
        try read(descriptor, label) { piece throws(Failure) in
            bytes += piece
            if bytes.count > limit { throw excess }
            return true
        }
        return bytes
    }

    /// Reads piece by piece, to the end or until `take` wants no more.
    ///
    /// - Parameters:
    ///   - label: what the descriptor is, for the error.
    ///   - take: takes the next bytes; false for no more.
    static func read(
        _ descriptor: Int32, _ label: Message, take: (ArraySlice<UInt8>) throws(Failure) -> Bool
    ) throws(Failure) {
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        while true {
            let count = buffer.withUnsafeMutableBytes { Platform.read(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                guard try take(buffer[..<count]) else { return }
            } else if count == 0 {
                return
            } else if errno == EINTR {
                try StopSignals.check()
            } else if errno == EAGAIN {
                try StopSignals.check()
                var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                poll(&ready, 1, -1)
            } else {
                throw .system(label)
            }
        }
    }
}
