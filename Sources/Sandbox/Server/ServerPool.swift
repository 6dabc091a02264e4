import FlyingFox
import FlyingSocks
import Foundation

/// Waits for sockets as FlyingFox's own pool does, and does to each what FlyingFox leaves out.
///
/// A pool is the one place where FlyingFox hands out its sockets: a request's body is read, and a connection awaited,
/// through it.
struct ServerPool: AsyncSocketPool {
    /// What the client whose request is being answered waits for before it sends the body; nil when it waits for
    /// nothing.
    @TaskLocal static var expectation: Expectation?

    private let base: any AsyncSocketPool = HTTPServer.defaultPool()

    /// As of the protocol.
    func prepare() async throws {
        try await base.prepare()
    }

    /// As of the protocol.
    func run() async throws {
        try await base.run()
    }

    /// As of the protocol.
    func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
        sendAtOnce(socket)
        if events.contains(.read) { Self.expectation?.meet(on: socket) }
        try await base.suspendSocket(socket, untilReadyFor: events)
    }

    /// A reply's head and body leave in two writes; without this the second waits for the first to be acknowledged,
    /// which on a kept connection takes the client 40 ms.
    private func sendAtOnce(_ socket: Socket) {
        var on: Int32 = 1
        setsockopt(
            socket.file.rawValue, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }
}
