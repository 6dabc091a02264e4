/// The HTTP heads before a saved response, as `curl -i` and `curl -D -` write them: a proxy's and informational ones, those of
/// redirects that were followed, and the response's own.
struct SavedHead: Sendable {
    private static let statusLine = "HTTP/"

    /// The status of the last head that is whole; nil before the first, and while another one comes.
    private var status: Int?

    /// Takes heads away from the front of a body.
    ///
    /// - Parameter scanned: how much of the body was searched.
    /// - Returns: the status of the last head, once what follows it has begun and is none; nil until then.
    mutating func take(_ body: inout [UInt8], from scanned: inout Int) -> Int? {
        while true {
            if let status {
                guard body.starts(with: Self.statusLine.utf8) else {
                    return Self.statusLine.utf8.starts(with: body) ? nil : status
                }
                self.status = nil
            }
            guard let end = Self.end(of: body, from: &scanned) else { return nil }
            status = Self.status(of: body)
            body.removeFirst(end)
            scanned = 0
        }
    }

    /// The status of the last head when nothing more comes; nil when the head itself is cut.
    func finish() -> Int? { status }

    /// The index after the empty line that ends a head; nil while it has not come.
    private static func end(of body: [UInt8], from scanned: inout Int) -> Int? {
        while let lineEnd = body[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
            let next = body[(lineEnd + 1)...].prefix(2)
            if next.first == UInt8(ascii: "\n") { return lineEnd + 2 }
            if next.elementsEqual("\r\n".utf8) { return lineEnd + 3 }
            guard next.count == 2 else {
                scanned = lineEnd
                return nil
            }
            scanned = lineEnd + 1
        }
        scanned = max(scanned, body.count)
        return nil
    }

    /// The three digits after the version; 0 when there are none.
    private static func status(of head: [UInt8]) -> Int {
        let words = head.prefix(64).split(maxSplits: 2) { [0x20, 0x0A, 0x0D].contains($0) }
        return words.dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    }
}
