#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reads a descriptor in pieces of at most 64 KiB: a regular file from any place, without moving where the descriptor
/// stands; anything else as it comes, waited for or not.
public final class PieceReader {
    /// What a reading came to.
    public enum Step: Sendable {
        /// There are ``PieceReader/bytes``.
        case bytes
        /// Nothing can be read at once.
        case pending
        /// The end was reached.
        case end
    }

    /// The most bytes of a piece.
    public static let pieceSize = 64 << 10

    private let descriptor: Int32
    private let label: Message
    private let storage = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: pieceSize)
    private var count = 0
    /// Where a regular file is read next.
    private var place: Int?

    /// Reads a descriptor that stays open for as long.
    ///
    /// - Parameters:
    ///   - label: what the descriptor is, for the error.
    ///   - place: where reading begins in a regular file; nil for anything else, which is read from where it stands.
    public init(_ descriptor: Int32, _ label: Message, from place: Int?) {
        (self.descriptor, self.label, self.place) = (descriptor, label, place)
    }

    deinit { storage.deallocate() }

    /// The piece that was read last; valid until the next.
    public var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: storage[..<count]) }

    /// Goes on reading at another place of a regular file.
    public func move(to place: Int) {
        if self.place != nil { self.place = place }
    }

    /// Reads the next piece.
    ///
    /// - Parameter waits: whether to wait for bytes of a pipe, a socket or a terminal.
    /// - Throws: ``SystemError`` for a signal if it waits, or what the system says.
    public func read(waits: Bool) throws(SystemError) -> Step {
        count = 0
        while true {
            if waits { try StopSignals.check() }
            if place == nil, !Descriptor.isReadable(descriptor) {
                guard waits else { return .pending }
                try Descriptor.waitUntilReadable(descriptor)
            }
            let result = readOnce()
            if result > 0 {
                count = result
                place = place.map { $0 + result }
                return .bytes
            }
            if result == 0 { return .end }
            if errno == EAGAIN, !waits { return .pending }
            guard errno == EINTR || errno == EAGAIN else { throw .lastCall(label) }
        }
    }

    private func readOnce() -> Int {
        guard let place else { return systemRead(descriptor, storage.baseAddress, Self.pieceSize) }
        return pread(descriptor, storage.baseAddress, Self.pieceSize, off_t(place))
    }

    /// Where a byte stands first in the piece that was read last.
    ///
    /// - Parameter start: from where it is looked for.
    public func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = storage.baseAddress,
            let found = memchr(base + start, Int32(byte), count - start)
        else { return nil }
        return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    }
}

extension Descriptor {
    /// Waits until bytes, or the end, can be read.
    ///
    /// - Throws: ``SystemError`` for a signal.
    public static func waitUntilReadable(_ descriptor: Int32) throws(SystemError) {
        while true {
            try StopSignals.check()
            var watched = [descriptor, StopSignals.waitEnd].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            // What is left in the pipe of a signal that was forgotten would end each wait at once.
            let isNoted = isReadable(StopSignals.waitEnd)
            if isNoted { watched[1].fd = -1 }
            guard poll(&watched, 2, isNoted ? 20 : -1) > 0 else { continue }
            if watched[0].revents != 0 { return }
        }
    }
}
