import FlyingSocks
import Foundation
import Platform

/// The handler behind connections: each is served by a task of its own, one request after another.
struct SandboxServer: Sendable {
    /// Why it can't listen.
    enum Problem: Error {
        /// The host is no IP address.
        case noAddress
        /// What the system says.
        case system(String)
    }

    private let handler: APIHandler
    private let faults: FaultPlan
    private let socket: Socket
    private let pool: any AsyncSocketPool

    /// A server that listens, and serves once it runs.
    ///
    /// - Parameters:
    ///   - host: an IP address.
    ///   - port: 0 for a free one.
    init(_ handler: APIHandler, faults: FaultPlan, host: String, port: UInt16) async throws(Problem) {
        self.handler = handler
        self.faults = faults
        do {
            guard let socket = try Self.listen(host, port) else { throw Problem.noAddress }
            self.socket = socket
            pool = SocketPool.make()
            try await pool.prepare()
        } catch SocketError.failed(_, _, let words) {
            throw .system(words)
        } catch {
            throw error as? Problem ?? .system("\(error)")
        }
    }

    /// nil when the host is no address.
    private static func listen(_ host: String, _ port: UInt16) throws -> Socket? {
        if host.contains(":") { return try (try? sockaddr_in6.inet6(ip6: host, port: port)).map { try listen(on: $0) } }
        return try (try? sockaddr_in.inet(ip4: host, port: port)).map { try listen(on: $0) }
    }

    private static func listen(on address: some SocketAddress) throws -> Socket {
        let socket = try Socket(domain: Int32(type(of: address).family))
        try socket.setValue(true, for: .localAddressReuse)
        #if canImport(Darwin)
        try socket.setValue(true, for: .noSIGPIPE)
        #endif
        try socket.bind(to: address)
        try socket.listen()
        return socket
    }

    /// The port it listens on.
    ///
    /// - Throws: a `SocketError`.
    var port: UInt16 {
        get throws {
            switch try socket.sockname() {
            case .ip4(_, let port), .ip6(_, let port): port
            default: 0
            }
        }
    }

    /// Serves for ever.
    ///
    /// - Parameter report: is told, once, that the system gives no more connections.
    /// - Throws: what ended it.
    func run(_ report: @escaping @Sendable (Message) -> Void) async throws {
        let listening = try AsyncSocket(socket: socket, pool: pool)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pool.run() }
            group.addTask { try await accept(listening, report) }
            try await group.next()
        }
    }

    private func accept(_ listening: AsyncSocket, _ report: @Sendable (Message) -> Void) async throws {
        var isReported = false
        try await withThrowingDiscardingTaskGroup { group in
            while true {
                do {
                    let connection = try await listening.accept()
                    group.addTask {
                        await serve(connection)
                        await settle()
                        try? connection.close()
                    }
                } catch SocketError.failed(_, let number, let words) {
                    // No descriptors, no memory, or a client that left early: connections end, and others come.
                    guard ![EBADF, EINVAL, ENOTSOCK].contains(number) else { throw SocketError.disconnected }
                    if !isReported, number != ECONNABORTED {
                        report("can't take a connection: \(own: words); it waits until another one ends")
                        isReported = true
                    }
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
        }
    }

    /// Waits until the pool has forgotten the descriptors whose waits are over. It lets a wait end before it does so, and would
    /// know the next connection of the same number for the old one if that was closed meanwhile.
    private func settle() async {
        if let pool = pool as? any Actor { await Self.visit(pool) }
    }

    private static func visit(_ actor: isolated any Actor) {}

    private func serve(_ connection: AsyncSocket) async {
        // A reply's head and body leave in two writes; without this the second waits for the first to be acknowledged, which on
        // a kept connection takes the client 40 ms.
        try? connection.socket.setValue(1, for: .noDelay)
        var reader = RequestReader(connection)
        let writer = ReplyWriter(connection)
        do {
            while let head = try await reader.nextHead() {
                let body = try await reader.body(of: head, upTo: APIHandler.bodyLimit + 1)
                let answer = handler.answer(
                    SandboxRequest(
                        method: head.method, path: head.path, query: head.query, headers: head.headers, body: body))
                let misbehaviour = faults.next()
                let isDelimited = try await writer.write(misbehaviour.change(answer), misbehaviour, to: head)
                guard head.isKeptAlive, isDelimited else { return }
            }
        } catch {
            let status = error is RequestReader.TooLarge ? 431 : error is RequestHead.Malformed ? 400 : nil
            guard let status, (try? await writer.refuse(status)) != nil else { return }
            shutdown(connection.socket.file.rawValue, Int32(SHUT_WR))
            try? await reader.drain()
        }
    }
}

extension SocketOption where Self == Int32SocketOption {
    /// Small pieces leave at once.
    fileprivate static var noDelay: Self { Int32SocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY) }
}
