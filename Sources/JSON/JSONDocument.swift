/// A JSON text and the position of every value in it.
///
/// The text is kept as it came and each value is a slice of it, so key order, duplicate keys, the digits of numbers and
/// the spelling of strings all survive. Reading takes linear time and no recursion.
public final class JSONDocument: Sendable {
    /// The whole text, as given.
    public let bytes: [UInt8]
    let nodes: [JSONNode]
    /// How many numbers are spelled `NaN`, `Infinity` or `-Infinity`, so that the text is not JSON; 0 unless allowed.
    public let nonFiniteCount: Int

    /// How many arrays and objects may stand inside each other when nothing else is said.
    public static let usualDepthLimit = 512

    /// Reads one JSON text, which may have white space around it and nothing else.
    ///
    /// - Parameters:
    ///   - bytes: the text; UTF-8, below 4 GiB, without a byte order mark.
    ///   - depthLimit: how many arrays and objects may stand inside each other.
    ///   - allowsNonFinite: whether `NaN`, `Infinity` and `-Infinity` may stand for numbers, as some writers have them.
    /// - Throws: ``JSONError`` with the offset of the first byte that is not JSON (RFC 8259).
    public init(
        parsing bytes: [UInt8], depthLimit: Int = usualDepthLimit, allowsNonFinite: Bool = false
    ) throws(JSONError) {
        guard bytes.count < Int(UInt32.max) else {
            throw JSONError(.tooLarge, at: 0)
        }
        var reader = JSONReader(depthLimit: depthLimit, allowsNonFinite: allowsNonFinite)
        let failure = bytes.withUnsafeBufferPointer { buffer -> JSONError? in
            do throws(JSONError) {
                try reader.read(buffer)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
        self.bytes = bytes
        self.nodes = reader.nodes
        nonFiniteCount = reader.nonFiniteCount
    }

    /// The outermost value.
    public var root: JSONView { JSONView(document: self, index: 0) }

    /// Whether some string or key is spelled with a surrogate without its partner, which only JSON can say.
    public var holdsLoneSurrogate: Bool {
        nodes.contains { node in
            node.isEscaped && JSONString.holdsLoneSurrogate(bytes[Int(node.start)..<Int(node.end)])
        }
    }
}

// What views ask most: by the nodes' places, since a view counts a reference to the document.
extension JSONDocument {
    /// The place of the value of an object's last member with this key; nil when there is none, or at another kind.
    func place(of key: StaticString, inObject object: Int) -> Int? {
        guard nodes[object].kind == .object else { return nil }
        var (found, member) = (Int?.none, object + 1)
        let end = Int(nodes[object].next)
        let length = UInt32(key.utf8CodeUnitCount + 2)
        while member < end {
            let node = nodes[member]
            // Most keys are of another length.
            if node.end - node.start == length || node.isEscaped, hasString(key, at: member) { found = member + 1 }
            member = Int(nodes[member + 1].next)
        }
        return found
    }

    /// How many values are directly in an array or object, keys included.
    func childCount(of container: Int) -> Int {
        var (count, child) = (0, container + 1)
        let end = Int(nodes[container].next)
        while child < end {
            count += 1
            child = Int(nodes[child].next)
        }
        return count
    }

    /// Gives the members of an object.
    func forEachNumber(ofObject object: Int, _ take: (_ key: ArraySlice<UInt8>, _ value: Double?) -> Void) {
        guard nodes[object].kind == .object else { return }
        var member = object + 1
        let end = Int(nodes[object].next)
        while member < end {
            take(stringBytes(at: member), double(at: member + 1))
            member = Int(nodes[member + 1].next)
        }
    }

    /// The characters of the string at this place.
    func stringBytes(at place: Int) -> ArraySlice<UInt8> {
        let node = nodes[place]
        let spelling = bytes[Int(node.start) + 1..<Int(node.end) - 1]
        return node.isEscaped ? JSONString.unescape(spelling)[...] : spelling
    }

    /// The number at this place; nil for another kind.
    func double(at place: Int) -> Double? {
        let node = nodes[place]
        guard node.kind == .number else { return nil }
        let range = Int(node.start)..<Int(node.end)
        return PlainNumber.read(bytes, range)?.double ?? Double(String(decoding: bytes[range], as: UTF8.self))
    }

    /// Whether the value at this place is a string of exactly these characters.
    func hasString(_ text: StaticString, at place: Int) -> Bool {
        let node = nodes[place]
        guard node.kind == .string else { return false }
        let expected = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        let start = Int(node.start) + 1
        guard !node.isEscaped else {
            return JSONString.unescape(bytes[start..<Int(node.end) - 1]).elementsEqual(expected)
        }
        guard Int(node.end) - 1 - start == expected.count else { return false }
        for offset in 0..<expected.count where bytes[start + offset] != expected[offset] { return false }
        return true
    }
}

/// One value's place in the text, in document order: a container stands before its children, a key before its value.
struct JSONNode: Sendable {
    /// Byte offset of the value's first byte; a string's opening quote.
    var start: UInt32
    /// Byte offset after the value's last byte.
    var end: UInt32
    /// Index of the node after this value and everything inside it.
    var next: UInt32
    var kind: JSONKind
    /// Whether a string's spelling holds a backslash.
    var isEscaped = false
}

/// The six kinds of JSON value.
public enum JSONKind: UInt8, Sendable {
    case null
    case bool
    case number
    case string
    case array
    case object
}
