import Foundation

/// One connection of a ``ChaosServer``.
struct ChaosConnection {
    private let socket: Int32
    private let note: (Int) -> Void

    /// - Parameter note: told the number of each request once its head is read.
    init(_ socket: Int32, note: @escaping (Int) -> Void) {
        self.socket = socket
        self.note = note
    }

    /// Serves requests until one of them ends the connection.
    func serve() {
        var pending: [UInt8] = []
        while let head = readHead(&pending), let number = Self.field("x-number", in: head).flatMap({ Int($0) }) {
            note(number)
            let conduct = Conduct(of: number)
            let length = Self.field("content-length", in: head).flatMap { Int($0) } ?? 0
            if conduct != .answerEarly {
                while pending.count < length { guard read(&pending) else { return } }
                pending.removeFirst(length)
            }
            carryOut(conduct, number)
            guard conduct.keepsConnection else { return }
        }
    }

    private func carryOut(_ conduct: Conduct, _ number: Int) {
        switch conduct {
        case .answer: reply("200 OK", number)
        case .answerAndClose: reply("200 OK", number, "Connection: close\r\n")
        case .answerEarly:
            reply("413 Too Large", number, "Connection: close\r\n")
            finish()
        case .redirect: reply("302 Found", number, "Location: /elsewhere\r\n")
        case .refuse: reply("503 Busy", number)
        case .resetAtOnce: reset()
        case .resetInside:
            send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
            reset()
        case .closeInside: send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
        case .surplus:
            reply("200 OK", number, surplus: "and more")
            finish()
        case .garbage: send("\u{1}\u{2}\u{3} this is not HTTP\r\n\r\n")
        case .stall: finish()
        }
    }

    private func reply(_ status: String, _ number: Int, _ fields: String = "", surplus: String = "") {
        let body = "reply to \(number)"
        send("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)\(surplus)")
    }

    private func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Foundation.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Reads until the client goes away, so that closing with unread bytes does not become a reset.
    private func finish() {
        var rest: [UInt8] = []
        while read(&rest) { rest = [] }
    }

    private func readHead(_ pending: inout [UInt8]) -> String? {
        while true {
            if let end = pending.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: pending[..<end.lowerBound], as: UTF8.self)
                pending.removeSubrange(..<end.upperBound)
                return head
            }
            guard read(&pending) else { return nil }
        }
    }

    private func read(_ pending: inout [UInt8]) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(socket, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        pending += buffer[..<count]
        return true
    }

    private static func field(_ name: String, in head: String) -> String? {
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name + ":") }
        return line.map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
    }
}
