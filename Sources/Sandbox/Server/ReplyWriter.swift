import FlyingSocks
import Foundation

/// Writes replies to a connection, the pieces of a stream each by itself.
struct ReplyWriter {
    private static let phrases = [
        200: "OK", 307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized",
        402: "Payment Required", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 408: "Request Timeout",
        409: "Conflict", 413: "Content Too Large", 415: "Unsupported Media Type", 422: "Unprocessable Content",
        429: "Too Many Requests", 431: "Request Header Fields Too Large", 500: "Internal Server Error",
        502: "Bad Gateway",
        503: "Service Unavailable", 504: "Gateway Timeout",
    ]

    private let socket: AsyncSocket

    init(_ socket: AsyncSocket) {
        self.socket = socket
    }

    /// Writes the reply to a request.
    ///
    /// - Returns: whether the client can tell where it ends while the connection stays open.
    /// - Throws: what ended the connection, or is to end it.
    func write(_ reply: SandboxReply, _ misbehaviour: Misbehaviour, to head: RequestHead) async throws -> Bool {
        var headers = reply.headers
        headers["connection"] = head.isKeptAlive ? head.headers["connection"] : "close"
        switch reply.body {
        case .whole(let bytes):
            // The answer to HEAD has no body, or it would be taken for the head of the next one.
            let bytes = head.method == "HEAD" ? [] : bytes
            headers["content-length"] = String(bytes.count)
            try await writeHead(reply.status, headers)
            var pieces = WholeBytes(bytes, misbehaviour)
            while let piece = try await pieces.next() { try await socket.write(Data(piece)) }
            return true
        case .stream(let run):
            if head.takesChunks { headers["transfer-encoding"] = "chunked" }
            try await writeHead(reply.status, headers)
            var pieces = EventBytes(run, misbehaviour)
            while let piece = try await pieces.next() { try await socket.write(Data(framed(piece, head))) }
            if head.takesChunks { try await socket.write(Data("0\r\n\r\n".utf8)) }
            return head.takesChunks
        }
    }

    /// Writes that a request can't be taken, as the last thing on the connection.
    func refuse(_ status: Int) async throws {
        try await writeHead(status, ["connection": "close", "content-length": "0"])
    }

    private func framed(_ piece: [UInt8], _ head: RequestHead) -> [UInt8] {
        guard head.takesChunks else { return piece }
        return Array("\(String(piece.count, radix: 16, uppercase: true))\r\n".utf8) + piece + Array("\r\n".utf8)
    }

    private func writeHead(_ status: Int, _ headers: [String: String]) async throws {
        let fields = headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined()
        try await socket.write(Data("HTTP/1.1 \(status) \(Self.phrases[status] ?? "Other")\r\n\(fields)\r\n".utf8))
    }
}
