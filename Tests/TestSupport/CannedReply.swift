/// What a ``LoopbackServer`` does for one request, byte for byte.
public struct CannedReply: Sendable {
    /// How the connection ends after the last byte.
    public enum Ending: String, Sendable {
        case close
        /// With a TCP reset.
        case reset
        /// Not at all: the server waits for the client to go away.
        case hang
    }

    /// Each element leaves in a write of its own.
    public var pieces: [[UInt8]]
    /// How the connection ends.
    public var ending: Ending

    /// A reply in pieces.
    public init(_ pieces: [[UInt8]], ending: Ending = .close) {
        self.pieces = pieces
        self.ending = ending
    }

    /// A whole reply with a body.
    public init(status: String = "200 OK", type: String = "application/json", body: [UInt8]) {
        let head = "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n\r\n"
        self.init([Array(head.utf8) + body])
    }
}
