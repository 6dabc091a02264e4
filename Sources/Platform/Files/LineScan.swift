#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reads the lines of a descriptor one after the other, each as a stretch of one buffer, which is as long as the longest line
/// demands.
public final class LineScan {
    /// Where a line stands.
    public struct Line: Equatable, Sendable {
        /// Its number, from 1.
        public let number: Int
        /// Where it begins, in bytes from where reading began.
        public let offset: Int
        /// Its length in bytes, without the newline.
        public let length: Int
        /// Whether a newline ends it; false for the last bytes of a file that ends without one.
        public let isTerminated: Bool

        /// The bytes that it takes, with its newline.
        public var range: Range<Int> { offset..<offset + length + (isTerminated ? 1 : 0) }
    }

    private let descriptor: Int32
    private let label: Message
    private let isFile: Bool
    private let limit: Int
    private var buffer = [UInt8](repeating: 0, count: 256 * 1024)
    /// What of the buffer was read and is not given yet.
    private var unread = 0..<0
    /// How many of the unread bytes were searched for a newline.
    private var searched = 0
    /// The line that was given last, in the buffer.
    private var current = 0..<0
    private var isAtEnd = false
    private var number = 0
    /// How many bytes were given, newlines included.
    private var given = 0

    /// Reads a regular file from its beginning, wherever the descriptor stands, and anything else from where it stands.
    ///
    /// - Parameters:
    ///   - label: what the descriptor is, for the error.
    ///   - limit: a line may take this many bytes.
    public init(_ descriptor: Int32, _ label: Message, limit: Int = 1 << 31) {
        (self.descriptor, self.label, self.limit) = (descriptor, label, limit)
        var status = stat()
        isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// The next line; nil after the last. What stands after the last newline is a line, too, unless it is empty.
    ///
    /// - Throws: ``SystemError`` for a signal, for a line beyond the limit, or what the system says.
    public func next() throws(SystemError) -> Line? {
        while true {
            if let end = newline() { return give(to: end, isTerminated: true) }
            searched = unread.count
            if isAtEnd { return unread.isEmpty ? nil : give(to: unread.upperBound, isTerminated: false) }
            try fill()
        }
    }

    /// Calls `body` with the bytes of the line that ``next()`` gave last.
    public func withBytes<Result, Problem: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Problem) -> Result
    ) throws(Problem) -> Result {
        var outcome: Swift.Result<Result, Problem>?
        buffer.withUnsafeBufferPointer { buffer in
            do throws(Problem) {
                outcome = .success(try body(UnsafeBufferPointer(rebasing: buffer[current])))
            } catch {
                outcome = .failure(error)
            }
        }
        switch outcome {
        case .success(let result): return result
        case .failure(let problem): throw problem
        case nil: preconditionFailure("the body was not called")
        }
    }

    private func newline() -> Int? {
        let rest = unread.dropFirst(searched)
        guard !rest.isEmpty else { return nil }
        return buffer.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return nil }
            return memchr(start + rest.lowerBound, 0x0A, rest.count).map { UnsafeRawPointer($0) - start }
        }
    }

    private func give(to end: Int, isTerminated: Bool) -> Line {
        current = unread.lowerBound..<end
        number += 1
        let line = Line(number: number, offset: given, length: current.count, isTerminated: isTerminated)
        given += line.range.count
        unread = min(end + 1, unread.upperBound)..<unread.upperBound
        searched = 0
        return line
    }

    private func fill() throws(SystemError) {
        current = 0..<0
        if unread.lowerBound > 0 {
            buffer.withUnsafeMutableBytes { buffer in
                guard let start = buffer.baseAddress, !unread.isEmpty else { return }
                memmove(start, start + unread.lowerBound, unread.count)
            }
            unread = 0..<unread.count
        }
        if unread.count == buffer.count {
            guard unread.count < limit else { throw .tooLarge("line \(number + 1) of \(label)", limit: limit) }
            buffer += [UInt8](repeating: 0, count: buffer.count)
        }
        try StopSignals.check()
        unread = 0..<unread.upperBound + (try read())
    }

    private func read() throws(SystemError) -> Int {
        while true {
            let count = buffer.withUnsafeMutableBytes { buffer in
                let room = UnsafeMutableRawBufferPointer(rebasing: buffer[unread.upperBound...])
                return isFile
                    ? pread(descriptor, room.baseAddress, room.count, off_t(given + unread.count))
                    : systemRead(descriptor, room.baseAddress, room.count)
            }
            if count == 0 { isAtEnd = true }
            if count >= 0 { return count }
            guard errno == EINTR || errno == EAGAIN else { throw .lastCall(label) }
            let isBusy = errno == EAGAIN
            try StopSignals.check()
            guard isBusy else { continue }
            var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            poll(&ready, 1, -1)
        }
    }
}
