import Foundation
import TestSupport

/// A client that knows nothing of HTTP.
final class RawClient {
    /// Whether the server tore the connection down.
    private(set) var wasReset = false
    private let descriptor: Int32

    /// Connects to a port of 127.0.0.1.
    init(port: Int) throws(TestFault) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { [descriptor] pointer in
                connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw .system("connect", errno: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Sends bytes.
    func send(_ bytes: [UInt8]) {
        _ = Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Says that nothing more will be sent.
    func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Whether bytes wait to be received.
    var hasInput: Bool {
        var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&event, 1, 0) > 0
    }

    /// The next bytes that come; none at the end.
    func receive() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        wasReset = count < 0 && errno == ECONNRESET
        return Array(buffer[..<max(count, 0)])
    }

    /// Everything up to the end.
    func receiveAll() -> [UInt8] {
        var result: [UInt8] = []
        while true {
            let bytes = receive()
            if bytes.isEmpty { return result }
            result += bytes
        }
    }
}
