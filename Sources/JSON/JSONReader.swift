/// Fills a list of nodes from a text, in one pass and without recursion.
struct JSONReader {
    private(set) var nodes: [JSONNode] = []
    /// The place of the innermost array or object that is open, whose node's `next` is that of the one around it.
    private var innermost = 0
    /// How many are open.
    private var depth = 0
    private let depthLimit: Int
    private let allowsNonFinite: Bool
    /// How many `NaN`, `Infinity` and `-Infinity` were read.
    private(set) var nonFiniteCount = 0

    init(depthLimit: Int, allowsNonFinite: Bool) {
        self.depthLimit = depthLimit
        self.allowsNonFinite = allowsNonFinite
    }

    mutating func read(_ text: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        // Responses have about one value per 12 bytes; of huge ones, growing costs less than asking for too much.
        nodes.reserveCapacity(text.count / (text.count < 1 << 16 ? 11 : 16) + 8)
        var scanner = JSONScanner(text: text)
        var wantsValue = true
        while wantsValue {
            wantsValue = try readValue(&scanner)
            while !wantsValue, depth > 0 { wantsValue = try readAfterElement(&scanner) }
        }
        scanner.skipWhitespace()
        guard scanner.isAtEnd else { throw JSONError(.trailingBytes, at: scanner.position) }
    }

    /// Reads a scalar or opens a container; true when the container it opened wants its first value.
    private mutating func readValue(_ scanner: inout JSONScanner) throws(JSONError) -> Bool {
        scanner.skipWhitespace()
        let start = scanner.position
        switch scanner.peek {
        case UInt8(ascii: "{"): return try openContainer(.object, &scanner)
        case UInt8(ascii: "["): return try openContainer(.array, &scanner)
        case UInt8(ascii: "\""):
            let isEscaped = try scanner.scanString()
            append(.string, start, scanner.position, isEscaped: isEscaped)
        case UInt8(ascii: "t"):
            try scanner.scanLiteral("true")
            append(.bool, start, scanner.position)
        case UInt8(ascii: "f"):
            try scanner.scanLiteral("false")
            append(.bool, start, scanner.position)
        case UInt8(ascii: "n"):
            try scanner.scanLiteral("null")
            append(.null, start, scanner.position)
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")):
            if !readNonFinite(&scanner) { try scanner.scanNumber() }
            append(.number, start, scanner.position)
        case nil: throw JSONError(.unexpectedEnd, at: start)
        default:
            guard readNonFinite(&scanner) else { throw JSONError(.expectedValue, at: start) }
            append(.number, start, scanner.position)
        }
        return false
    }

    /// Reads a number that JSON can't say, where those are allowed; false when none stands here.
    private mutating func readNonFinite(_ scanner: inout JSONScanner) -> Bool {
        guard allowsNonFinite, scanner.skipNonFinite() else { return false }
        nonFiniteCount += 1
        return true
    }

    private mutating func openContainer(_ kind: JSONKind, _ scanner: inout JSONScanner) throws(JSONError) -> Bool {
        guard depth < depthLimit else { throw JSONError(.tooDeep, at: scanner.position) }
        let outer = innermost
        (innermost, depth) = (nodes.count, depth + 1)
        append(kind, scanner.position, scanner.position)
        nodes[innermost].next = UInt32(outer)
        scanner.advance()
        scanner.skipWhitespace()
        if scanner.peek == closer(of: kind) {
            close(&scanner)
            return false
        }
        if kind == .object { try readKey(&scanner) }
        return true
    }

    /// Reads what follows an element: true after a comma (and the next key), false when the container was closed.
    private mutating func readAfterElement(_ scanner: inout JSONScanner) throws(JSONError) -> Bool {
        scanner.skipWhitespace()
        let kind = nodes[innermost].kind
        switch scanner.peek {
        case UInt8(ascii: ","):
            scanner.advance()
            if kind == .object {
                scanner.skipWhitespace()
                try readKey(&scanner)
            }
            return true
        case closer(of: kind):
            close(&scanner)
            return false
        case nil: throw JSONError(.unexpectedEnd, at: scanner.position)
        default: throw JSONError(.expectedCommaOrEnd, at: scanner.position)
        }
    }

    private mutating func readKey(_ scanner: inout JSONScanner) throws(JSONError) {
        let start = scanner.position
        guard scanner.peek == UInt8(ascii: "\"") else {
            throw JSONError(scanner.isAtEnd ? .unexpectedEnd : .expectedKey, at: start)
        }
        let isEscaped = try scanner.scanString()
        append(.string, start, scanner.position, isEscaped: isEscaped)
        scanner.skipWhitespace()
        guard scanner.peek == UInt8(ascii: ":") else {
            throw JSONError(scanner.isAtEnd ? .unexpectedEnd : .expectedColon, at: scanner.position)
        }
        scanner.advance()
    }

    private mutating func close(_ scanner: inout JSONScanner) {
        scanner.advance()
        let outer = Int(nodes[innermost].next)
        nodes[innermost].end = UInt32(scanner.position)
        nodes[innermost].next = UInt32(nodes.count)
        (innermost, depth) = (outer, depth - 1)
    }

    private mutating func append(_ kind: JSONKind, _ start: Int, _ end: Int, isEscaped: Bool = false) {
        nodes.append(
            JSONNode(
                start: UInt32(start), end: UInt32(end), next: UInt32(nodes.count + 1), kind: kind, isEscaped: isEscaped)
        )
    }

    private func closer(of kind: JSONKind) -> UInt8 {
        kind == .object ? UInt8(ascii: "}") : UInt8(ascii: "]")
    }
}
