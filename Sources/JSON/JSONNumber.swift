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
        Int(digits) ?? wholeDigits.flatMap { Int($0) }
    }

    /// The spelling without fraction and exponent; nil when the number is not whole, or far too big. A Double on the way
    /// would round what it can't hold to another whole number.
    private var wholeDigits: String? {
        let parts = digits.split { $0 == "e" || $0 == "E" }
        guard let mantissa = parts.first else { return nil }
        let fraction = mantissa.split(separator: ".").dropFirst().first ?? ""
        var figures = mantissa.filter { $0 != "." }
        guard figures.contains(where: { $0 != "0" && $0 != "-" }) else { return "0" }
        let farthest = digits.utf8.count + 18
        guard let exponent = parts.count > 1 ? Int(parts[1]) : 0, -farthest...farthest ~= exponent else { return nil }
        var power = exponent - fraction.utf8.count
        while power < 0, figures.last == "0" {
            figures.removeLast()
            power += 1
        }
        guard 0...18 ~= power else { return nil }
        return figures + String(repeating: "0", count: power)
    }

    /// The nearest Double; an infinity when the number is beyond its range.
    public var double: Double? { Double(digits) }
}
