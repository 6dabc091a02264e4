import Dispatch
import Foundation
import Synchronization

/// An HTTP/1.1 server on a free port of 127.0.0.1 that keeps every byte of each request and answers with canned replies.
///
/// The replies answer the requests in the order in which these came in whole, on whatever connection. A request for
/// which there is no reply finds its connection closed. ``stop()`` must be called,
/// or ``finish()``.
public final class LoopbackServer: Sendable {
    private struct State {
        var requests: [LoopbackRequest] = []
        var sockets: Set<Int32> = []
        var connectionCount = 0
        var isStopped = false
        var watchers: [(count: Int, gate: Gate)] = []
    }

    /// The port it listens on.
    public let port: Int
    private let listener: LoopbackSocket
    private let replies: [CannedReply]
    private let state = Mutex(State())
    private let threads = DispatchGroup()

    /// Starts to listen.
    ///
    /// - Throws: ``TestFault`` when the system gives no socket.
    public init(_ replies: [CannedReply]) throws(TestFault) {
        self.replies = replies
        listener = try LoopbackSocket(listens: true)
        port = listener.port
        run { server in server.accept() }
    }

    /// `http://127.0.0.1:PORT`.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// The requests so far, in the order in which they came in; one that was cut short is among them.
    public var requests: [LoopbackRequest] { state.withLock { $0.requests } }

    /// Opens a gate once `count` requests have come in whole.
    public func open(_ gate: Gate, afterRequests count: Int) {
        let isDue = state.withLock { state in
            if state.requests.count >= count { return true }
            state.watchers.append((count, gate))
            return false
        }
        if isDue { gate.open() }
    }

    /// Stops listening, and returns when all requests have been taken. Every client must have gone away or be about to.
    public func finish() {
        for step in replies.flatMap(\.steps) {
            if case .wait(let gate) = step { gate.abandon() }
        }
        listener.wake()
        threads.wait()
        let watchers = state.withLock { state in
            defer { state.watchers = [] }
            return state.watchers
        }
        for watcher in watchers { watcher.gate.abandon() }
    }

    /// Stops listening, tears down what is under way, and returns when all of it has ended.
    public func stop() {
        state.withLock { state in
            state.isStopped = true
            for socket in state.sockets { shutdown(socket, Int32(SHUT_RDWR)) }
        }
        finish()
    }

    private func run(_ body: @escaping @Sendable (LoopbackServer) -> Void) {
        threads.enter()
        Thread.detachNewThread { [self] in
            body(self)
            threads.leave()
        }
    }

    private func accept() {
        while let socket = listener.accept() {
            let index = state.withLock { state -> Int? in
                guard !state.isStopped else { return nil }
                state.sockets.insert(socket)
                state.connectionCount += 1
                return state.connectionCount - 1
            }
            guard let index else {
                close(socket)
                return
            }
            run { server in
                var connection = LoopbackConnection(socket: socket, index: index)
                server.serve(&connection)
                // No one may shut it down any more once its number can belong to another.
                server.state.withLock { _ = $0.sockets.remove(socket) }
                close(socket)
            }
        }
    }

    private func serve(_ connection: inout LoopbackConnection) {
        while let request = connection.nextRequest() {
            let number = keep(request)
            guard request.isWhole, let reply = reply(to: number) else { return }
            guard connection.send(reply.steps) else { return }
            guard connection.end(reply.ending) else { return }
        }
    }

    /// Keeps a request and tells how many came before it.
    private func keep(_ request: LoopbackRequest) -> Int {
        let (number, due) = state.withLock { state in
            state.requests.append(request)
            let count = state.requests.count
            let due = state.watchers.filter { $0.count <= count }
            state.watchers.removeAll { $0.count <= count }
            return (count - 1, due)
        }
        for watcher in due { watcher.gate.open() }
        return number
    }

    private func reply(to number: Int) -> CannedReply? {
        if number < replies.count { return replies[number] }
        return replies.last.flatMap { $0.repeats ? $0 : nil }
    }
}
