/// A JSON value to build and to write. ``JSONDocument`` is the one to read with.
public enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    /// Characters as UTF-8; whoever builds the value has checked that they are.
    case string([UInt8])
    case array([JSONValue])
    case object([JSONMember])
    /// A value as it was spelled, which is written so.
    case document(JSONDocument)

    /// Copies a value out of a document; at most as deep as the document's depth limit.
    public init(_ view: JSONView) {
        switch view.kind {
        case .null: self = .null
        case .bool: self = .bool(view.bool ?? false)
        case .number: self = .number(JSONNumber(digits: String(decoding: view.source, as: UTF8.self)))
        case .string: self = .string(view.stringBytes ?? [])
        case .array: self = .array(view.elements.map(JSONValue.init))
        case .object:
            self = .object(view.members.map { JSONMember(key: $0.key.stringBytes ?? [], value: JSONValue($0.value)) })
        }
    }

    /// A string.
    public static func text(_ text: String) -> JSONValue { .string(Array(text.utf8)) }

    /// A whole number.
    public static func integer(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

    /// A number; `null` for infinities and NaN, which JSON cannot say.
    public static func double(_ value: Double) -> JSONValue { JSONNumber(value).map(JSONValue.number) ?? .null }
}

/// A key and its value.
public struct JSONMember: Sendable {
    /// Characters as UTF-8.
    public var key: [UInt8]
    /// What the key stands for.
    public var value: JSONValue

    /// A member from UTF-8 bytes.
    public init(key: [UInt8], value: JSONValue) {
        self.key = key
        self.value = value
    }

    /// A member from a string.
    public init(_ key: String, _ value: JSONValue) {
        self.init(key: Array(key.utf8), value: value)
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A whole number.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// true or false.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// An object with its members in the order written.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { JSONMember($0.0, $0.1) })
    }
    /// `null`.
    public init(nilLiteral: ()) { self = .null }
}
