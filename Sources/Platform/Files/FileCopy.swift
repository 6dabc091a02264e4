#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Copies stretches of one file to the end of another, in any order, and bytes between them.
public final class FileCopy {
    private let source: Int32
    private let target: Int32
    private let label: Message
    private var pending: [UInt8] = []

    /// What is held at most before it is written, in bytes.
    private static let pieceSize = 256 * 1024

    /// Copies between two open files.
    ///
    /// - Parameter label: what they are, for the error.
    public init(from source: Int32, to target: Int32, _ label: Message) {
        (self.source, self.target, self.label) = (source, target, label)
    }

    /// Adds a stretch of the source.
    ///
    /// - Throws: ``SystemError`` for a signal, or what the system says.
    public func add(_ range: Range<Int>) throws(SystemError) {
        var place = range.lowerBound
        while place < range.upperBound {
            if pending.count >= Self.pieceSize { try finish() }
            let start = pending.count
            let wanted = min(range.upperBound - place, Self.pieceSize - start)
            pending.append(contentsOf: repeatElement(0, count: wanted))
            let count = pending.withUnsafeMutableBytes {
                pread(source, $0.baseAddress.map { $0 + start }, wanted, off_t(place))
            }
            pending.removeLast(wanted - max(0, count))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .lastCall(label) }
            guard count > 0 else { throw .refused(label, reason: "it became shorter while it was read") }
            place += count
        }
    }

    /// Adds these bytes.
    ///
    /// - Throws: ``SystemError`` for a signal, or what the system says.
    public func add(bytes: [UInt8]) throws(SystemError) {
        pending += bytes
        if pending.count >= Self.pieceSize { try finish() }
    }

    /// Writes what is held.
    ///
    /// - Throws: ``SystemError`` for a signal, or what the system says.
    public func finish() throws(SystemError) {
        try StopSignals.check()
        try Descriptor.write(pending, to: target, label)
        pending.removeAll(keepingCapacity: true)
    }
}
