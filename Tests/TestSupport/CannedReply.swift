/// What a ``LoopbackServer`` does for one request, byte for byte.
public struct CannedReply: Sendable {
    /// One thing after the other.
    public enum Step: Sendable {
        /// These bytes leave in a write of their own.
        case send([UInt8])
        /// Nothing leaves until the gate opens; if it is given up, the connection is closed.
        case wait(Gate)
    }

    /// What becomes of the connection after the last step.
    public enum Ending: String, Sendable {
        /// It is closed in good order, after the client's last byte was taken.
        case close
        /// It is torn down with a TCP reset.
        case reset
        /// It stays open, and silent, until the client or the server goes away.
        case hang
        /// The next request is read from it.
        case keepAlive = "keep-alive"
    }

    /// What it does, in order.
    public var steps: [Step]
    /// How it ends.
    public var ending: Ending
    /// Whether it also answers every further request.
    public var repeats = false

    /// A reply whose pieces leave in a write each.
    public init(_ pieces: [[UInt8]], ending: Ending = .close) {
        steps = pieces.map(Step.send)
        self.ending = ending
    }

    /// A whole reply with a body, and the header fields that it needs.
    public init(status: String = "200 OK", type: String = "application/json", body: [UInt8]) {
        let head = "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\n\r\n"
        self.init([Array(head.utf8) + body])
    }

    /// No answer at all: the request is read, and the connection stays open.
    public static let silence = CannedReply([], ending: .hang)

    /// The same bytes, each in a write of its own.
    public var bytewise: CannedReply {
        var reply = self
        reply.steps = steps.flatMap { step -> [Step] in
            if case .send(let bytes) = step { bytes.map { .send([$0]) } } else { [step] }
        }
        return reply
    }

    /// The reply up to its first `count` bytes; what would come after them is left out.
    public func cut(after count: Int) -> CannedReply {
        var reply = self
        reply.steps = []
        var left = count
        for step in steps where left > 0 {
            if case .send(let bytes) = step {
                reply.steps.append(.send(Array(bytes.prefix(left))))
                left -= bytes.count
            } else {
                reply.steps.append(step)
            }
        }
        return reply
    }
}
