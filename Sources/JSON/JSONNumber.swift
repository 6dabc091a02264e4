/// A JSON number with its digits as written, so that no reading or writing changes it.
public struct JSONNumber: Sendable {
    /// The spelling; a number of RFC 8259.
    public let digits: String

    /// Takes a spelling that the caller knows to be a JSON number.
    public init(digits: String) {
        self.digits = digits
    }

    /// A whole number.
    public init(_ value: Int) {
        digits = String(value)
    }

    /// A finite number in the fewest digits that read back as the same Double, whole ones without a fraction (-0 keeps
    /// its sign); nil for infinities and NaN, which JSON cannot say.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        let shortest = value.description
        digits = shortest.hasSuffix(".0") ? String(shortest.dropLast(2)) : shortest
    }

    /// The value if it is whole, however spelled (`1.0`, `1e2`), and fits; nil otherwise.
    public var integer: Int? {
        Int(digits) ?? double.flatMap { Int(exactly: $0) }
    }

    /// The nearest Double; an infinity when the number is beyond its range.
    public var double: Double? { Double(digits) }
}
