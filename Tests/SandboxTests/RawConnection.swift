import Foundation
import TestSupport

/// A client's connection, byte by byte. Its methods block.
final class RawConnection: Sendable {
    /// A response as it came.
    struct Reply {
        let status: Int
        /// Names in lower case.
        let headers: [String: String]
        let body: [UInt8]
    }

    private let descriptor: Int32

    /// Connects to a port of 127.0.0.1.
    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        // A server that says nothing fails the test instead of hanging it.
        var patience = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if status != 0 {
            let fault = TestFault.system("connect", errno: errno)
            close(descriptor)
            throw fault
        }
    }

    deinit {
        close(descriptor)
    }

    /// Sends all of it.
    func send(_ text: String) throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw TestFault.system("send", errno: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Sends a request with a JSON body.
    func post(_ body: String, headers: String = "") throws {
        try send(
            "POST /v1/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\(headers)"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// Everything up to these bytes and with them, from where the last read ended.
    func read(through end: String) throws -> String {
        var bytes: [UInt8] = []
        while !bytes.reversed().starts(with: end.utf8.reversed()) { bytes += try read(count: 1) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// So many bytes.
    func read(count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes {
                recv(descriptor, $0.baseAddress?.advanced(by: filled), count - filled, 0)
            }
            guard got > 0 else { throw TestFault.system("recv", errno: got == 0 ? ECONNRESET : errno) }
            filled += got
        }
        return bytes
    }

    /// Whether the connection stands, and holds nothing to be read.
    var isSilent: Bool { peek(Int32(MSG_DONTWAIT)) < 0 && errno == EAGAIN }

    /// Waits for what comes next; whether that is the end.
    var isOver: Bool { peek(0) == 0 }

    private func peek(_ flags: Int32) -> Int {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, flags | Int32(MSG_PEEK))
    }

    /// A response's status line and headers.
    func readHead() throws -> Reply {
        let lines = try read(through: "\r\n\r\n").split(separator: "\r\n")
        let pairs = lines.dropFirst().map { line in
            let name = line.prefix { $0 != ":" }
            return (name.lowercased(), line.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces))
        }
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return Reply(status: status ?? 0, headers: Dictionary(pairs, uniquingKeysWith: { $1 }), body: [])
    }

    /// A response whose length is told.
    func readReply() throws -> Reply {
        let head = try readHead()
        let count = head.headers["content-length"].flatMap { Int($0) } ?? 0
        return Reply(status: head.status, headers: head.headers, body: try read(count: count))
    }

    /// The pieces of a chunked body (RFC 9112, 7.1), up to its end.
    func readPieces() throws -> [String] {
        var pieces: [String] = []
        while let count = Int(try read(through: "\r\n").dropLast(1), radix: 16), count > 0 {
            pieces.append(String(decoding: try read(count: count), as: UTF8.self))
            _ = try read(count: 2)
        }
        _ = try read(count: 2)
        return pieces
    }
}
