import FlyingSocks
import Foundation

/// Reads requests from a connection, each byte looked at once.
struct RequestReader {
    /// More than the reader holds of a head, of a chunk's size or of what comes after the last chunk.
    struct TooLarge: Error {}

    /// The most bytes of a head, its lines' ends among them.
    static let headLimit = 64 << 10

    private let socket: AsyncSocket
    /// What came and is not read yet.
    private var buffer: ArraySlice<UInt8> = []

    init(_ socket: AsyncSocket) {
        self.socket = socket
    }

    /// The next request's head; nil when there is none any more.
    ///
    /// - Throws: ``TooLarge``, ``RequestHead/Malformed``, or what ended the connection.
    mutating func nextHead() async throws -> RequestHead? {
        var lines: [ArraySlice<UInt8>] = []
        var room = Self.headLimit
        while true {
            guard let line = try await nextLine(upTo: &room) else {
                if lines.isEmpty { return nil }
                throw SocketError.disconnected
            }
            if !line.isEmpty {
                lines.append(line)
            } else if !lines.isEmpty {
                return try RequestHead(lines)
            }
        }
    }

    /// The body of the request whose head was read. All of it is taken from the connection, or what is left would be the next
    /// request.
    ///
    /// - Parameter limit: more bytes than these are dropped.
    /// - Throws: as ``nextHead()`` does.
    mutating func body(of head: RequestHead, upTo limit: Int) async throws -> [UInt8] {
        if head.awaitsContinue, buffer.isEmpty { try await socket.write(Data("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
        var body: [UInt8] = []
        switch head.framing {
        case .length(let length): try await take(length, into: &body, upTo: limit)
        case .chunked:
            while case let size = try await chunkSize(), size > 0 {
                try await take(size, into: &body, upTo: limit)
                var room = Self.headLimit
                guard try await nextLine(upTo: &room)?.isEmpty == true else { throw RequestHead.Malformed() }
            }
            var room = Self.headLimit
            while let line = try await nextLine(upTo: &room), !line.isEmpty {}
        }
        return body
    }

    /// Drops what the client still sends, so that it reads the answer before it learns that the connection is over.
    mutating func drain() async throws {
        var dropped = 0
        while dropped < 1 << 20, try await fill() {
            dropped += buffer.count
            buffer = []
        }
    }

    private mutating func chunkSize() async throws -> Int {
        var room = Self.headLimit
        let line = try await nextLine(upTo: &room) ?? []
        let digits = String(decoding: line.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
            .trimmingCharacters(in: .whitespaces)
        guard digits.first?.isHexDigit == true, let size = Int(digits, radix: 16) else {
            throw RequestHead.Malformed()
        }
        return size
    }

    private mutating func take(_ count: Int, into body: inout [UInt8], upTo limit: Int) async throws {
        var rest = count
        while rest > 0 {
            guard try await hasBytes() else { throw SocketError.disconnected }
            let piece = buffer.prefix(rest)
            body += piece.prefix(max(0, limit - body.count))
            buffer = buffer.dropFirst(piece.count)
            rest -= piece.count
        }
    }

    /// A line without its end; nil when the connection ends before one begins.
    ///
    /// - Parameter room: how many bytes it may have; less those of the line afterwards.
    private mutating func nextLine(upTo room: inout Int) async throws -> ArraySlice<UInt8>? {
        var line: ArraySlice<UInt8> = []
        while true {
            guard try await hasBytes() else {
                if line.isEmpty { return nil }
                throw SocketError.disconnected
            }
            let end = buffer.firstIndex(of: UInt8(ascii: "\n"))
            let piece = buffer[..<(end.map { $0 + 1 } ?? buffer.endIndex)]
            room -= piece.count
            guard room >= 0 else { throw TooLarge() }
            line += piece
            buffer = buffer[piece.endIndex...]
            guard end != nil else { continue }
            line.removeLast()
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            return line
        }
    }

    /// Waits until there is something to be read; false when there is nothing any more.
    private mutating func hasBytes() async throws -> Bool {
        if !buffer.isEmpty { return true }
        return try await fill()
    }

    /// Waits for more; false when there is none any more.
    private mutating func fill() async throws -> Bool {
        do {
            buffer = try await socket.read(atMost: 4096)[...]
            return true
        } catch SocketError.disconnected {
            return false
        }
    }
}
