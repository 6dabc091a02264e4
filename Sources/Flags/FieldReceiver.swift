/// Options that take request fields from flags.
public protocol FieldReceiver {
    /// Takes a field's value.
    ///
    /// - Parameters:
    ///   - scalar: the value that was given.
    ///   - field: the field's name, which is opaque here.
    ///   - isListElement: whether the value is one more element of a list rather than the field's only value.
    mutating func receive(_ scalar: Scalar, field: String, isListElement: Bool)
}

/// A parsed value that a field can carry.
public enum Scalar: Equatable, Sendable {
    case bool(Bool)
    case integer(Int)
    case number(Double)
    /// UTF-8.
    case text([UInt8])
}

/// A type that a field can carry.
public protocol FieldScalar {
    /// The value as a scalar.
    var scalar: Scalar { get }
}

extension Bool: FieldScalar {
    /// The value as a scalar.
    public var scalar: Scalar { .bool(self) }
}

extension Int: FieldScalar {
    /// The value as a scalar.
    public var scalar: Scalar { .integer(self) }
}

extension Double: FieldScalar {
    /// The value as a scalar.
    public var scalar: Scalar { .number(self) }
}

extension String: FieldScalar {
    /// The value as a scalar.
    public var scalar: Scalar { .text(Array(utf8)) }
}

extension [UInt8]: FieldScalar {
    /// The value as a scalar.
    public var scalar: Scalar { .text(self) }
}
