/// The status line and headers of a response.
public struct ResponseHead: Sendable {
    /// The status code.
    public private(set) var status: Int
    /// The status line as received, such as `HTTP/1.1 200 OK`.
    public let statusLine: String
    /// In the order received.
    public internal(set) var headers: [Header] = []

    /// Reads a status line; nil for any other line.
    init?(statusLine: String) {
        let words = statusLine.utf8.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard statusLine.utf8.starts(with: "HTTP/".utf8), words.count >= 2, words[1].count == 3,
            words[1].allSatisfy({ (0x30...0x39).contains($0) }), let status = Int(Substring(words[1]))
        else { return nil }
        self.status = status
        self.statusLine = statusLine
    }

    /// The value of the last header with this name, compared without ASCII's case; nil when there is none.
    public subscript(_ name: String) -> String? {
        headers.last { $0.name.utf8.elementsEqual(name.utf8) { Self.lowercased($0) == Self.lowercased($1) } }?.value
    }

    /// The same with the status that an error inside the response names.
    public func with(status: Int) -> ResponseHead {
        var head = self
        head.status = status
        return head
    }

    /// Takes one header line; a line without a colon is skipped.
    mutating func add(line: String) {
        // A mark after a colon or a space would make one Character of both.
        guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return }
        var value = line.utf8[colon...].dropFirst().drop(while: Self.isSpace)
        while let last = value.last, Self.isSpace(last) { value.removeLast() }
        headers.append(Header(String(line[..<colon]), String(Substring(value))))
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
