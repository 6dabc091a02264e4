import Foundation
import Synchronization

/// An HTTP/1.1 server on 127.0.0.1 that keeps every byte of each request and answers with canned replies in turn; the
/// last one serves for all further requests. One request per connection.
public final class LoopbackServer: Sendable {
    /// The port it listens on.
    public let port: Int
    private let listener: Int32
    private let replies: [CannedReply]
    private let received = Mutex<[[UInt8]]>([])

    /// Starts listening.
    ///
    /// - Throws: a `POSIXError` when the system gives no socket.
    public init(_ replies: [CannedReply]) throws {
        self.replies = replies
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, pointer, &length) == 0
            }
        }
        guard bound else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in accept() }
    }

    /// Stops listening; connections under way end by themselves.
    public func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// `http://127.0.0.1:PORT`.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// The requests so far, head and body as they came.
    public var requests: [[UInt8]] { received.withLock { $0 } }

    private func accept() {
        while true {
            let connection = Foundation.accept(listener, nil, nil)
            guard connection >= 0 else { return }
            _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
            Thread.detachNewThread { [self] in serve(connection) }
        }
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        let request = Self.readRequest(connection)
        let index = received.withLock { requests in
            requests.append(request)
            return requests.count - 1
        }
        guard let reply = replies.isEmpty ? nil : replies[min(index, replies.count - 1)] else { return }
        var yes: Int32 = 1
        setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        for piece in reply.pieces where !piece.isEmpty {
            guard send(connection, piece, piece.count, Int32(MSG_NOSIGNAL)) == piece.count else { return }
        }
        finish(connection, reply.ending)
    }

    private func finish(_ connection: Int32, _ ending: CannedReply.Ending) {
        switch ending {
        case .close: shutdown(connection, Int32(SHUT_WR))
        case .reset:
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
            return
        case .hang: break
        }
        // What the client sends after this is of no interest, but closing before it does would reset the connection.
        var byte: UInt8 = 0
        while recv(connection, &byte, 1, 0) > 0 {}
    }

    private static func readRequest(_ connection: Int32) -> [UInt8] {
        var request: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while !isWhole(request) {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            request += buffer[..<count]
        }
        return request
    }

    private static func isWhole(_ request: [UInt8]) -> Bool {
        guard let end = request.firstRange(of: Array("\r\n\r\n".utf8)) else { return false }
        let head = String(decoding: request[..<end.lowerBound], as: UTF8.self).lowercased()
        let length = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
        let expected = length.flatMap {
            Int($0.dropFirst("content-length:".count).trimmingCharacters(in: .whitespaces))
        }
        return request.count - end.upperBound >= expected ?? 0
    }
}
