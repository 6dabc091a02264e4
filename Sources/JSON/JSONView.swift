/// One value of a ``JSONDocument``: its kind, its source, and what is inside it.
public struct JSONView: Sendable {
    let document: JSONDocument
    let index: Int

    private var node: JSONNode { document.nodes[index] }
    private var range: Range<Int> { Int(node.start)..<Int(node.end) }

    /// Which of the six kinds of value this is.
    public var kind: JSONKind { node.kind }

    /// The bytes that spell the value, quotes and brackets included.
    public var source: ArraySlice<UInt8> { document.bytes[range] }

    /// A string's spelling between its quotes, escapes as they stand; nil for other kinds.
    public var stringSource: ArraySlice<UInt8>? {
        kind == .string ? document.bytes[Int(node.start) + 1..<Int(node.end) - 1] : nil
    }

    /// A string's characters as UTF-8, escapes resolved (a lone surrogate as U+FFFD); nil for other kinds.
    public var stringBytes: [UInt8]? { kind == .string ? Array(document.stringBytes(at: index)) : nil }

    /// A string's characters with each surrogate that lacks its partner as the three bytes that UTF-8 would give it; nil for
    /// other kinds and for strings without one.
    public var brokenStringBytes: [UInt8]? {
        guard node.isEscaped, let spelling = stringSource, JSONString.holdsLoneSurrogate(spelling) else { return nil }
        return JSONString.unescape(spelling, keepsSurrogates: true)
    }

    /// A string's characters; nil for other kinds.
    public var string: String? { stringBytes.map { String(decoding: $0, as: UTF8.self) } }

    /// A number with its digits as they stand; nil for other kinds.
    public var number: JSONNumber? {
        kind == .number ? JSONNumber(digits: String(decoding: source, as: UTF8.self)) : nil
    }

    /// The number as an Int, if it is a whole one that fits; nil otherwise.
    public var integer: Int? {
        guard kind == .number else { return nil }
        return PlainNumber.read(document.bytes, range)?.integer ?? number?.integer
    }

    /// The number as the nearest Double, of `NaN` and infinities where the document allows those; nil for other kinds.
    public var double: Double? { document.double(at: index) }

    /// Whether this is a number spelled `NaN`, `Infinity` or `-Infinity`.
    public var isNonFinite: Bool {
        guard kind == .number, document.nonFiniteCount > 0, let last = source.last else { return false }
        return last == UInt8(ascii: "N") || last == UInt8(ascii: "y")
    }

    /// true or false; nil for other kinds.
    public var bool: Bool? { kind == .bool ? document.bytes[Int(node.start)] == UInt8(ascii: "t") : nil }

    /// Whether the value is `null`.
    public var isNull: Bool { kind == .null }

    /// Whether this is an object that has a member with this key.
    public func has(_ key: StaticString) -> Bool { document.place(of: key, inObject: index) != nil }

    /// How many elements the array has that is the value of the last member with this key; nil when there is none, or it is
    /// no array.
    public func elementCount(of key: StaticString) -> Int? {
        guard let place = document.place(of: key, inObject: index), document.nodes[place].kind == .array else {
            return nil
        }
        return document.childCount(of: place)
    }

    /// Gives the key and the value of each member of an object: the key's characters as UTF-8, in place where they are
    /// spelled as they are, and the value as the nearest Double, nil for what is no number. Much faster than ``members``.
    public func forEachNumber(_ take: (_ key: ArraySlice<UInt8>, _ value: Double?) -> Void) {
        document.forEachNumber(ofObject: index, take)
    }

    /// How many elements an array has; 0 for other kinds.
    public var elementCount: Int { kind == .array ? document.childCount(of: index) : 0 }

    /// How many members an object has, duplicates included; 0 for other kinds.
    public var memberCount: Int { kind == .object ? document.childCount(of: index) / 2 : 0 }

    /// The elements of an array, in order; none for other kinds.
    public var elements: JSONElements { JSONElements(document: document, children: childIndices(of: .array)) }

    /// The members of an object, in order, duplicates included; none for other kinds.
    public var members: JSONMembers { JSONMembers(document: document, children: childIndices(of: .object)) }

    /// The value of the last member with this key, as most readers take duplicates; nil when there is none.
    public subscript(_ key: StaticString) -> JSONView? {
        document.place(of: key, inObject: index).map { JSONView(document: document, index: $0) }
    }

    /// Whether this is a string of exactly these characters, compared as UTF-8.
    public func hasString(_ text: StaticString) -> Bool { document.hasString(text, at: index) }

    private func childIndices(of expected: JSONKind) -> Range<Int> {
        kind == expected ? index + 1..<Int(node.next) : 0..<0
    }
}

/// The elements of an array.
public struct JSONElements: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var children: Range<Int>

    /// The next element; nil after the last.
    public mutating func next() -> JSONView? {
        guard let index = children.first else { return nil }
        children = Int(document.nodes[index].next)..<children.upperBound
        return JSONView(document: document, index: index)
    }
}

/// The members of an object.
public struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var children: Range<Int>

    /// The next member; nil after the last.
    public mutating func next() -> (key: JSONView, value: JSONView)? {
        guard let index = children.first else { return nil }
        let value = JSONView(document: document, index: index + 1)
        children = Int(document.nodes[index + 1].next)..<children.upperBound
        return (JSONView(document: document, index: index), value)
    }
}
