import Foundation

/// The server's end of one connection.
struct LoopbackConnection {
    private static let headEnd = Array("\r\n\r\n".utf8)

    private let socket: Int32
    private let index: Int
    /// Received, and not yet part of a request.
    private var pending: [UInt8] = []

    /// A connection on a socket that the caller closes.
    init(socket: Int32, index: Int) {
        self.socket = socket
        self.index = index
        // Each write is to be a segment of its own.
        var yes: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Reads a request; nil when the connection ended before its first byte.
    mutating func nextRequest() -> LoopbackRequest? {
        var isOpen = true
        while isOpen, pending.firstRange(of: Self.headEnd) == nil { isOpen = receive() }
        guard let end = pending.firstRange(of: Self.headEnd)?.upperBound else {
            defer { pending = [] }
            return pending.isEmpty ? nil : request(head: pending, body: [], isWhole: false)
        }
        let head = Array(pending[..<end])
        pending.removeFirst(end)
        let framing = RequestFraming(head: head)
        if HeaderFields.value(of: "Expect", in: head)?.lowercased() == "100-continue",
            framing.end(in: pending[...]) == nil
        {
            isOpen = send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        }
        while isOpen, framing.end(in: pending[...]) == nil { isOpen = receive() }
        let bodyEnd = framing.end(in: pending[...])
        let body = Array(pending[..<(bodyEnd ?? pending.count)])
        pending.removeFirst(body.count)
        return request(head: head, body: body, isWhole: bodyEnd != nil)
    }

    /// Carries out the steps; false when the client went away or a gate was given up.
    func send(_ steps: [CannedReply.Step]) -> Bool {
        steps.allSatisfy { step in
            switch step {
            case .send(let bytes): send(bytes)
            case .wait(let gate): gate.wait()
            }
        }
    }

    /// Ends a reply; true when the connection is to serve another request.
    mutating func end(_ ending: CannedReply.Ending) -> Bool {
        switch ending {
        case .keepAlive: return true
        case .reset:
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
            return false
        case .close: shutdown(socket, Int32(SHUT_WR))
        case .hang: break
        }
        // To close a socket that holds unread bytes would reset the connection.
        while receive() { pending = [] }
        return false
    }

    private func request(head: [UInt8], body: [UInt8], isWhole: Bool) -> LoopbackRequest {
        LoopbackRequest(head: head, body: body, isWhole: isWhole, connection: index)
    }

    /// Waits for bytes; false when there will be none.
    private mutating func receive() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(socket, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        pending += buffer[..<count]
        return true
    }

    private func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
