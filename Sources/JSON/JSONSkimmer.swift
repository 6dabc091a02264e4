/// Checks JSON texts without keeping them, several times as fast as ``JSONDocument`` reads them, and finds the members of
/// their outer objects.
public struct JSONSkimmer {
    /// A member of an object.
    public struct Member: Sendable {
        /// Inside how many objects and arrays it stands: 1 for a member of the outermost value.
        public let depth: Int
        /// Where its key stands in the text, quotes included.
        public let key: Range<Int>
        /// Where its value stands in the text.
        public internal(set) var value: Range<Int>
    }

    /// The members that stand no deeper than was wanted, in the order of their keys.
    public private(set) var members: [Member] = []
    /// Whether white space stands before, between or after the tokens.
    public private(set) var hasSpace = false
    private let depthLimit: Int
    private let memberDepth: Int
    /// For each array and object that is open, outermost first: whether it is an object.
    private var open: [Bool] = []
    /// For each object that is open no deeper than ``memberDepth``: where in ``members`` its present member stands.
    private var current: [Int] = []

    /// A skimmer of any number of texts.
    ///
    /// - Parameters:
    ///   - memberDepth: members that stand deeper are not noted.
    ///   - depthLimit: how many arrays and objects may stand inside each other.
    public init(memberDepth: Int = 0, depthLimit: Int = JSONDocument.usualDepthLimit) {
        self.memberDepth = memberDepth
        self.depthLimit = depthLimit
    }

    /// Reads one JSON text, which may have white space around it and nothing else.
    ///
    /// - Throws: ``JSONError`` with the offset of the first byte that is not JSON (RFC 8259).
    public mutating func read(_ text: UnsafeBufferPointer<UInt8>) throws(JSONError) {
        (hasSpace, depth) = (false, 0)
        members.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
        current.removeAll(keepingCapacity: true)
        var scanner = JSONScanner(text: text)
        var wantsValue = true
        while wantsValue {
            wantsValue = try readValue(&scanner)
            while !wantsValue, let isObject = open.last {
                wantsValue = try readAfterElement(isObject, &scanner)
            }
        }
        skipSpace(&scanner)
        guard scanner.isAtEnd else { throw JSONError(.trailingBytes, at: scanner.position) }
    }

    /// How many arrays and objects are open; kept beside ``open`` since it is read at every value.
    private var depth = 0

    @inline(__always)
    private mutating func skipSpace(_ scanner: inout JSONScanner) {
        // Most texts have none.
        guard let byte = scanner.peek, byte <= UInt8(ascii: " ") else { return }
        let start = scanner.position
        scanner.skipWhitespace()
        if scanner.position > start { hasSpace = true }
    }

    /// Reads a scalar or opens a container; true when the container it opened wants its first value.
    private mutating func readValue(_ scanner: inout JSONScanner) throws(JSONError) -> Bool {
        skipSpace(&scanner)
        let start = scanner.position
        switch scanner.peek {
        case UInt8(ascii: "{"): return try openContainer(isObject: true, &scanner)
        case UInt8(ascii: "["): return try openContainer(isObject: false, &scanner)
        case UInt8(ascii: "\""): _ = try scanner.scanString()
        case UInt8(ascii: "t"): try scanner.scanLiteral("true")
        case UInt8(ascii: "f"): try scanner.scanLiteral("false")
        case UInt8(ascii: "n"): try scanner.scanLiteral("null")
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): try scanner.scanNumber()
        case nil: throw JSONError(.unexpectedEnd, at: start)
        default: throw JSONError(.expectedValue, at: start)
        }
        endValue(start, scanner.position)
        return false
    }

    private mutating func openContainer(isObject: Bool, _ scanner: inout JSONScanner) throws(JSONError) -> Bool {
        guard depth < depthLimit else { throw JSONError(.tooDeep, at: scanner.position) }
        // Where it begins is where its member's value does.
        if depth > 0, depth <= memberDepth, open[depth - 1] { begin(scanner.position) }
        open.append(isObject)
        depth += 1
        scanner.advance()
        skipSpace(&scanner)
        if scanner.peek == closer(isObject) {
            close(&scanner)
            return false
        }
        if isObject { try readKey(&scanner) }
        return true
    }

    /// Reads what follows an element: true after a comma (and the next key), false when the container was closed.
    private mutating func readAfterElement(_ isObject: Bool, _ scanner: inout JSONScanner) throws(JSONError) -> Bool {
        skipSpace(&scanner)
        switch scanner.peek {
        case UInt8(ascii: ","):
            scanner.advance()
            if isObject {
                skipSpace(&scanner)
                try readKey(&scanner)
            }
            return true
        case closer(isObject):
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
        _ = try scanner.scanString()
        let end = scanner.position
        skipSpace(&scanner)
        guard scanner.peek == UInt8(ascii: ":") else {
            throw JSONError(scanner.isAtEnd ? .unexpectedEnd : .expectedColon, at: scanner.position)
        }
        scanner.advance()
        guard depth <= memberDepth else { return }
        current.append(members.count)
        members.append(Member(depth: depth, key: start..<end, value: end..<end))
    }

    private mutating func close(_ scanner: inout JSONScanner) {
        scanner.advance()
        open.removeLast()
        depth -= 1
        endValue(nil, scanner.position)
    }

    private mutating func begin(_ start: Int) {
        if let index = current.last { members[index].value = start..<start }
    }

    /// Notes where a member's value ends, and for a scalar where it began.
    @inline(__always)
    private mutating func endValue(_ start: Int?, _ end: Int) {
        guard depth > 0, depth <= memberDepth, open[depth - 1], let index = current.popLast() else { return }
        members[index].value = (start ?? members[index].value.lowerBound)..<end
    }

    private func closer(_ isObject: Bool) -> UInt8 {
        isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
    }
}
