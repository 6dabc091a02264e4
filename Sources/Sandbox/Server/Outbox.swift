import FlyingSocks
import Foundation

/// Bytes that a socket has yet to take.
struct Outbox {
    private var data = Data()
    private var sent = 0

    /// Whether it took all of them.
    var isEmpty: Bool { data.isEmpty }

    /// Adds bytes after the others.
    mutating func append(_ bytes: some Sequence<UInt8>) {
        data.append(contentsOf: bytes)
    }

    /// Drops what was not taken.
    mutating func clear() {
        (data, sent) = (Data(), 0)
    }

    /// Writes as much as the socket takes now.
    ///
    /// - Throws: a `SocketError` when the other side is gone.
    mutating func flush(to socket: Socket) throws {
        guard !isEmpty else { return }
        do {
            while sent < data.count { sent = try socket.write(data, from: sent) }
            clear()
        } catch SocketError.blocked {}
    }
}
