import FlyingSocks
import Foundation

/// A client's connection, and the one to the server behind the relay that its requests are passed on to, one after another.
///
/// No more is read from either side before the other took what came, so that it holds little, whatever they send.
final class RelayConnection {
    private enum Stage {
        case serving
        /// The last bytes are on their way to the client.
        case ending
        /// The client has time to read them before it learns that what it still sends is not taken: a connection that is
        /// closed with something unread is reset, and what was sent on it can be lost.
        case draining(until: ContinuousClock.Instant)
        case over
    }

    /// Bytes that are read at once.
    private static let pieceSize = 16 << 10
    /// How long a client has to read the last response.
    private static let patience = Duration.seconds(1)

    private let client: Socket
    private let path: String
    private var server: Socket?
    private var stage = Stage.serving
    private var request = MessageReader(.request)
    private var reply: MessageReader?
    /// What came from the client and is of no message yet.
    private var received: ArraySlice<UInt8> = []
    private var clientIsDone = false
    private var toServer = Outbox()
    private var toClient = Outbox()

    /// - Parameters:
    ///   - client: does not block.
    ///   - path: the server's socket.
    init(_ client: Socket, to path: String) {
        self.client = client
        self.path = path
    }

    /// Whether there is nothing left to do but to close it.
    var isOver: Bool { if case .over = stage { true } else { false } }

    /// Whether it is to be advanced after a while though nothing happens.
    var isTimed: Bool { if case .draining = stage { true } else { false } }

    /// How many descriptors are yet to be opened for it.
    var promised: Int { server == nil ? 2 : reply?.head == nil ? 1 : 0 }

    /// What is awaited of the client.
    var clientPoll: pollfd {
        let events = (readsClient ? POLLIN : 0) | (toClient.isEmpty ? 0 : POLLOUT)
        return pollfd(fd: client.file.rawValue, events: Int16(events), revents: 0)
    }

    /// What is awaited of the server; its end is not before there is room for what it sent.
    var serverPoll: pollfd {
        let events = (toClient.isEmpty ? POLLIN : 0) | (toServer.isEmpty ? 0 : POLLOUT)
        return pollfd(fd: events == 0 ? -1 : server?.file.rawValue ?? -1, events: Int16(events), revents: 0)
    }

    /// Goes on after something happened.
    func advance(client clientEvents: Int16, server serverEvents: Int16) {
        if case .draining(let end) = stage, ContinuousClock.now > end { stage = .over }
        guard clientEvents | serverEvents != 0, !isOver else { return }
        do {
            guard clientEvents & Int16(POLLERR | POLLHUP) == 0 else { throw SocketError.disconnected }
            if toClient.isEmpty, serverEvents & ~Int16(POLLOUT) != 0 { try readServer() }
            if readsClient, clientEvents & Int16(POLLIN) != 0 { try readClient() }
            try passOn()
        } catch let refusal as Refusal {
            do { try refuse(refusal) } catch { stage = .over }
        } catch {
            stage = .over
        }
    }

    /// Closes both connections.
    func close() {
        try? client.close()
        try? server?.close()
    }

    private var readsClient: Bool {
        switch stage {
        case .serving: received.isEmpty && toServer.isEmpty && !request.isOver && !clientIsDone
        case .draining: true
        case .ending, .over: false
        }
    }

    private func readClient() throws {
        guard let piece = try Self.read(client) else { return }
        clientIsDone = piece.isEmpty
        if !isTimed {
            received = piece[...]
        } else if clientIsDone {
            stage = .over
        }
    }

    private func readServer() throws {
        guard let server, let piece = try Self.read(server) else { return }
        guard !piece.isEmpty else {
            try server.close()
            (self.server, stage) = (nil, .ending)
            return
        }
        var rest = piece[...]
        while !rest.isEmpty, reply?.isOver == false { toClient.append(try reply?.pass(&rest) ?? []) }
    }

    private func passOn() throws {
        try toClient.flush(to: client)
        while case .serving = stage {
            if reply?.isOver == true, request.isOver, toClient.isEmpty { endExchange() }
            guard !request.isOver, !received.isEmpty else { break }
            let isNew = request.head == nil
            toServer.append(try request.pass(&received))
            if isNew, let head = request.head { try begin(head) }
        }
        if let server {
            // A server that closed says why before its end.
            do { try toServer.flush(to: server) } catch { toServer.clear() }
        }
        try toClient.flush(to: client)
        if case .serving = stage, clientIsDone, received.isEmpty, !request.isOver {
            stage = request.head == nil ? .ending : .over
        }
        if case .ending = stage, toClient.isEmpty { drain() }
    }

    /// Sends no more, and takes what still comes, for a while.
    private func drain() {
        try? server?.close()
        (server, received) = (nil, [])
        guard !clientIsDone else { return stage = .over }
        shutdown(client.file.rawValue, Int32(SHUT_WR))
        stage = .draining(until: .now + Self.patience)
    }

    /// The head of a request is about to be passed on.
    private func begin(_ head: MessageHead) throws {
        reply = MessageReader(.reply(to: head))
        if head.awaitsContinue, received.isEmpty { toClient.append("HTTP/1.1 100 Continue\r\n\r\n".utf8) }
        guard server == nil else { return }
        do {
            let socket = try Socket(domain: AF_UNIX)
            server = socket
            try socket.setFlags(.nonBlocking)
            #if canImport(Darwin)
            try socket.setValue(true, for: .noSIGPIPE)
            #endif
            try socket.connect(to: .unix(path: path))
        } catch {
            throw Refusal.unavailable
        }
    }

    private func endExchange() {
        if reply?.head?.isKeptAlive != true { stage = .ending }
        (request, reply) = (MessageReader(.request), nil)
    }

    private func refuse(_ refusal: Refusal) throws {
        toServer.clear()
        guard reply?.head == nil else { return stage = .over }
        toClient.append(refusal.reply)
        stage = .ending
        try passOn()
    }

    /// What can be read now, empty at the end; nil when there is nothing yet.
    private static func read(_ socket: Socket) throws -> [UInt8]? {
        do {
            return try socket.read(atMost: pieceSize)
        } catch SocketError.blocked {
            return nil
        } catch SocketError.disconnected {
            return []
        }
    }
}
