import Foundation
import Synchronization
import TestSupport

/// A server that treats each request as its ``Conduct`` says, on a thread for each connection.
final class ChaosServer: Sendable {
    /// What happened on one connection, in order.
    struct Visit: Sendable {
        let connection: Int
        let number: Int
    }

    private struct State {
        var visits: [Visit] = []
        var connections = 0
        var open: Set<Int32> = []
    }

    private let listener: LoopbackSocket
    private let state = Mutex(State())
    private let threads = DispatchGroup()

    init() throws {
        listener = try LoopbackSocket(listens: true)
        run { server in server.accept() }
    }

    var url: String { "http://127.0.0.1:\(listener.port)/" }

    /// Every request that was read, in the order of each connection.
    var visits: [Visit] { state.withLock { $0.visits } }

    /// How many connections were made.
    var connectionCount: Int { state.withLock { $0.connections } }

    /// Returns when every thread has ended.
    func stop() {
        listener.wake()
        state.withLock { for socket in $0.open { shutdown(socket, Int32(SHUT_RDWR)) } }
        threads.wait()
    }

    private func run(_ body: @escaping @Sendable (ChaosServer) -> Void) {
        threads.enter()
        Thread.detachNewThread { [self] in
            body(self)
            threads.leave()
        }
    }

    private func accept() {
        while let socket = listener.accept() {
            let connection = state.withLock { state in
                state.open.insert(socket)
                state.connections += 1
                return state.connections - 1
            }
            run { server in
                ChaosConnection(socket) { server.note($0, on: connection) }.serve()
                server.state.withLock { _ = $0.open.remove(socket) }
                close(socket)
            }
        }
    }

    private func note(_ number: Int, on connection: Int) {
        state.withLock { $0.visits.append(Visit(connection: connection, number: number)) }
    }
}
