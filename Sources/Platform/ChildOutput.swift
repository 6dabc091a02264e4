#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What another program writes to its standard output, read to the end.
public struct ChildOutput: Sendable {
    /// How a program ended.
    public enum End: Equatable, Sendable {
        /// By itself, with this exit status.
        case exited(Int32)
        /// By this signal.
        case signal(Int32)
    }

    /// What it wrote.
    public let bytes: [UInt8]
    /// How it ended.
    public let end: End

    /// Runs a program, which is asked to end when this one is.
    ///
    /// - Parameters:
    ///   - words: its name and its arguments, without NULs; not empty.
    ///   - input: becomes its standard input; nil for the null device.
    ///   - label: what it is, for the error.
    ///   - limit: more bytes than these are an error.
    /// - Returns: its output, or why it could not be started.
    /// - Throws: ``SystemError`` for a signal, for too many bytes, or what the system says.
    public static func read(
        _ words: [[UInt8]], input: Int32?, _ label: Message, upTo limit: Int
    ) throws(SystemError) -> Result<ChildOutput, ErrorNumber> {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .lastCall(label) }
        defer { close(ends[0]) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard null >= 0 else {
            let error = SystemError.lastCall(label)
            close(ends[1])
            throw error
        }
        defer { close(null) }
        let started = ChildProgram.start(words, input: input ?? null, output: ends[1])
        close(ends[1])
        switch started {
        case .failure(let error): return .failure(error)
        case .success(let process): return .success(try output(of: process, ends[0], label, limit))
        }
    }

    private static func output(
        of process: pid_t, _ end: Int32, _ label: Message, _ limit: Int
    ) throws(SystemError) -> ChildOutput {
        let bytes: [UInt8]
        var exitStatus: Int32?
        do throws(SystemError) {
            bytes = try read(
                end, until: { Self.exit(of: process, WNOHANG).map { exitStatus = $0 } != nil }, label, limit)
            // It may have closed its output long before.
            while exitStatus == nil {
                try StopSignals.check()
                exitStatus = Self.exit(of: process, 0)
            }
        } catch {
            if exitStatus == nil { kill(process, SIGTERM) }
            throw error
        }
        let status = exitStatus ?? 0
        // A key that interrupts goes to the program, too, which may have ended first.
        try StopSignals.check()
        // The status's low seven bits are the signal that ended it, the next byte is its exit status.
        return ChildOutput(
            bytes: bytes, end: status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signal(status & 0x7F))
    }

    /// How the program ended; nil while it runs, or when a signal came.
    private static func exit(of process: pid_t, _ options: Int32) -> Int32? {
        var status: Int32 = 0
        let result = waitpid(process, &status, options)
        // Whoever ignores the end of his children is not notified of it, and neither are the programs that he starts.
        if result == -1, errno == ECHILD { return 0 }
        return result == process ? status : nil
    }

    /// Reads to the end, or to what the program wrote: what it leaves behind may hold its pipe for as long as it runs.
    ///
    /// - Parameter isOver: whether the program has ended.
    private static func read(
        _ end: Int32, until isOver: () -> Bool, _ label: Message, _ limit: Int
    ) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        var isEnding = false
        while true {
            var ready = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
            let count = poll(&ready, 1, isEnding ? 0 : 20)
            if count < 0 { try StopSignals.check() }
            guard count > 0 else {
                if isEnding { return bytes }
                // What it wrote is in the pipe by the time that it has ended.
                isEnding = isOver()
                continue
            }
            let read = buffer.withUnsafeMutableBytes { systemRead(end, $0.baseAddress, $0.count) }
            if read == 0 { return bytes }
            guard read > 0 else {
                guard errno == EINTR || errno == EAGAIN else { throw .lastCall(label) }
                try StopSignals.check()
                continue
            }
            bytes += buffer[..<read]
            if bytes.count > limit { throw .tooLarge(label, limit: limit) }
        }
    }
}
