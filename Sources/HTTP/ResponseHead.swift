/// The status line and headers of a response. The header lines are kept as they came and read when they are asked for.
public struct ResponseHead: Sendable {
    /// The status code.
    public private(set) var status: Int
    /// The status line as received, such as `HTTP/1.1 200 OK`.
    public let statusLine: String
    /// The header lines as received, each followed by a newline.
    private var lines: [UInt8] = []

    /// Reads a status line; nil for any other line.
    init?(statusLine line: some Collection<UInt8>) {
        guard line.starts(with: "HTTP/".utf8) else { return nil }
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count >= 2, words[1].count == 3, words[1].allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        status = words[1].reduce(0) { 10 * $0 + Int($1 - 0x30) }
        statusLine = String(decoding: line, as: UTF8.self)
    }

    /// In the order received.
    public var headers: [Header] {
        var headers: [Header] = []
        forEachLine { name, value in headers.append(Header(Self.text(name), Self.text(value))) }
        return headers
    }

    /// The value of the last header with this name, compared without ASCII's case; nil when there is none.
    public subscript(_ name: String) -> String? {
        var found: ArraySlice<UInt8>?
        forEachLine { own, value in
            if own.count == name.utf8.count, Self.begins(own, name.utf8) { found = value }
        }
        return found.map(Self.text)
    }

    /// Whether there is a header whose name begins so, compared without ASCII's case.
    public func hasHeader(beginningWith prefix: String) -> Bool {
        var isFound = false
        forEachLine { name, _ in if Self.begins(name, prefix.utf8) { isFound = true } }
        return isFound
    }

    /// The same with the status that an error inside the response names.
    public func with(status: Int) -> ResponseHead {
        var head = self
        head.status = status
        return head
    }

    /// Takes one header line; a line without a colon is skipped.
    mutating func add(line: some Collection<UInt8>) {
        guard line.contains(UInt8(ascii: ":")) else { return }
        if lines.isEmpty { lines.reserveCapacity(512) }
        lines += line
        lines.append(UInt8(ascii: "\n"))
    }

    /// Gives each header's name, and its value without the blanks around it.
    private func forEachLine(_ body: (ArraySlice<UInt8>, ArraySlice<UInt8>) -> Void) {
        var rest = lines[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = rest[..<end]
            rest = rest[(end + 1)...]
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            var value = line[(colon + 1)...].drop(while: Self.isSpace)
            while let last = value.last, Self.isSpace(last) { value.removeLast() }
            body(line[..<colon], value)
        }
    }

    private static func begins(_ name: ArraySlice<UInt8>, _ prefix: String.UTF8View) -> Bool {
        var index = name.startIndex
        for byte in prefix {
            guard index < name.endIndex, lowercased(name[index]) == lowercased(byte) else { return false }
            index += 1
        }
        return true
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
