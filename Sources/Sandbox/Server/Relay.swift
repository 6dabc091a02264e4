import FlyingSocks
import Foundation
import Platform

private typealias Socket = FlyingSocks.Socket

/// Stands between clients and the server, which it passes whole, small heads and well-formed bodies on to.
///
/// It takes no more connections than the process has descriptors for; the others wait. One thread serves all of them.
struct Relay: Sendable {
    /// Why it can't listen.
    enum Problem: Error {
        /// The host is no IP address.
        case noAddress
        /// What the system says.
        case system(String)
    }

    private let listener: Socket
    private let path: String

    /// Listens.
    ///
    /// - Parameters:
    ///   - host: an IP address.
    ///   - port: 0 for a free one.
    ///   - path: the socket of the server behind it.
    init(host: String, port: UInt16, to path: String) throws(Problem) {
        do {
            if host.contains(":") {
                guard let address = try? sockaddr_in6.inet6(ip6: host, port: port) else { throw Problem.noAddress }
                listener = try Self.listen(on: address)
            } else {
                guard let address = try? sockaddr_in.inet(ip4: host, port: port) else { throw Problem.noAddress }
                listener = try Self.listen(on: address)
            }
        } catch SocketError.failed(_, _, let words) {
            throw .system(words)
        } catch {
            throw error as? Problem ?? .system("\(error)")
        }
        self.path = path
    }

    /// The port it listens on.
    var port: UInt16 {
        switch try? listener.sockname() {
        case .ip4(_, let port), .ip6(_, let port): port
        default: 0
        }
    }

    /// Serves for ever on a thread of its own.
    ///
    /// - Parameter report: is called once when connections have to wait for descriptors.
    func start(_ report: @escaping @Sendable (Message) -> Void) {
        Thread.detachNewThread { serve(report) }
    }

    private static func listen(on address: some SocketAddress) throws -> Socket {
        let socket = try Socket(domain: Int32(type(of: address).family))
        try socket.setValue(true, for: .localAddressReuse)
        #if canImport(Darwin)
        try socket.setValue(true, for: .noSIGPIPE)
        #endif
        try socket.setFlags(.nonBlocking)
        try socket.bind(to: address)
        try socket.listen()
        return socket
    }

    private func serve(_ report: (Message) -> Void) {
        var connections: [RelayConnection] = []
        var budget = DescriptorBudget()
        var (isFull, isReported) = (false, false)
        while true {
            var polls = [pollfd(fd: isFull ? -1 : listener.file.rawValue, events: Int16(POLLIN), revents: 0)]
            for connection in connections { polls += [connection.clientPoll, connection.serverPoll] }
            let isTimed = isFull || connections.contains(where: \.isTimed)
            guard poll(&polls, nfds_t(polls.count), isTimed ? 100 : -1) >= 0 else { continue }
            for (index, connection) in connections.enumerated() {
                connection.advance(client: polls[2 * index + 1].revents, server: polls[2 * index + 2].revents)
                if connection.isOver {
                    connection.close()
                    budget.giveBack()
                }
            }
            connections.removeAll(where: \.isOver)
            guard isFull || polls[0].revents != 0 else { continue }
            isFull = !takeConnections(&connections, &budget)
            if isFull, !isReported {
                report(
                    "out of descriptors (ulimit -n \(DescriptorBudget.limit)); new connections wait until others end")
                isReported = true
            }
        }
    }

    /// Takes the connections that clients have made; false when some have to wait.
    private func takeConnections(_ connections: inout [RelayConnection], _ budget: inout DescriptorBudget) -> Bool {
        while budget.hasRoom(promised: connections.reduce(0) { $0 + $1.promised }) {
            do {
                let client = Socket(file: try listener.accept().file)
                budget.take()
                connections.append(RelayConnection(client, to: path))
                try client.setFlags(.nonBlocking)
                // A response's head and body leave in two writes; without this the second waits for the first to be acknowledged,
                // which on a kept connection takes the client 40 ms.
                try client.setValue(1, for: .noDelay)
            } catch SocketError.blocked {
                return true
            } catch SocketError.failed(_, let number, _) where [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(number) {
                return false
            } catch {
                // The client left early.
            }
        }
        var waiting = pollfd(fd: listener.file.rawValue, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, 0) == 0
    }
}

extension SocketOption where Self == Int32SocketOption {
    /// Small pieces leave at once.
    fileprivate static var noDelay: Self { Int32SocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY) }
}
