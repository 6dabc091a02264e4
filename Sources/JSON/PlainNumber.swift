/// A number that is spelled without an exponent, with at most 19 digits but for zeros before them and at most 19 after the
/// point, as nearly all are: read without a string in between.
struct PlainNumber {
    private static let powers: [UInt64] = (0...19).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

    private var isNegative = false
    /// All digits as one number.
    private var digits: UInt64 = 0
    /// How many of them stand after the point.
    private var places = 0
    private var hasPoint = false

    /// Reads a number that a reader has accepted; nil when it is spelled otherwise. No initializer, which would take its own
    /// reference to the text.
    static func read(_ text: [UInt8], _ range: Range<Int>) -> PlainNumber? {
        guard range.count <= 24 else { return nil }
        var (number, count) = (PlainNumber(), 0)
        for place in range {
            let byte = text[place]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if number.digits > 0 || byte != UInt8(ascii: "0") { count += 1 }
                number.digits = number.digits &* 10 &+ UInt64(byte & 15)
                if number.hasPoint { number.places += 1 }
            case UInt8(ascii: "."): number.hasPoint = true
            case UInt8(ascii: "-"): number.isNegative = true
            default: return nil
            }
        }
        return count <= 19 && number.places <= 19 ? number : nil
    }

    /// The value if it is spelled as a whole number and surely fits; nil otherwise.
    var integer: Int? {
        guard !hasPoint, digits < 1 << 63 else { return nil }
        return isNegative ? -Int(digits) : Int(digits)
    }

    /// The nearest Double; of two equally near ones, that whose last bit is 0.
    var double: Double {
        let magnitude = digits == 0 ? 0 : Self.quotient(digits, Self.powers[places])
        return isNegative ? -magnitude : magnitude
    }

    /// The Double nearest to the quotient of two whole numbers above 0.
    private static func quotient(_ dividend: UInt64, _ divisor: UInt64) -> Double {
        // Both are Doubles without rounding, and then one division rounds once.
        if dividend < 1 << 53, divisor < 1 << 53 { return Double(dividend) / Double(divisor) }
        let (shift, divisorShift) = (dividend.leadingZeroBitCount, divisor.leadingZeroBitCount)
        let (high, low) = (dividend << UInt64(shift), divisor << UInt64(divisorShift))
        // 64 bits of the quotient, of which the first is 1, so that the remainder decides only what is half.
        let isLess = high < low
        let (bits, remainder) = low.dividingFullWidth(isLess ? (high, 0) : (high >> 1, high << 63))
        let (kept, rest) = (bits >> 11, bits & 0x7FF)
        let isUp = rest > 0x400 || rest == 0x400 && (remainder != 0 || kept & 1 == 1)
        let exponent = 11 - (isLess ? 64 : 63) + divisorShift - shift
        return Double(sign: .plus, exponent: exponent, significand: Double(kept + (isUp ? 1 : 0)))
    }
}
