/// The status line and headers of a reply.
public struct ResponseHead: Sendable {
    /// The status code.
    public let status: Int
    /// The status line as received, such as `HTTP/1.1 200 OK`.
    public let statusLine: String
    /// In the order received.
    public internal(set) var headers: [Header] = []

    /// Reads a status line; nil for any other line.
    init?(statusLine: String) {
        let words = statusLine.split(separator: " ", maxSplits: 2)
        guard statusLine.hasPrefix("HTTP/"), words.count >= 2, let status = Int(words[1]) else { return nil }
        self.status = status
        self.statusLine = statusLine
    }

    /// The value of the last header with this name, compared without case; nil when there is none.
    public subscript(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.last { $0.name.lowercased() == wanted }?.value
    }

    /// Takes one header line; a line without a colon is passed over.
    mutating func add(line: String) {
        guard let colon = line.firstIndex(of: ":") else { return }
        let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        headers.append(Header(String(line[..<colon]), String(value)))
    }
}
