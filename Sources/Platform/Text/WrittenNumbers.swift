/// Numbers, words and padding appended to the bytes of an output, without a string for each.
extension [UInt8] {
    /// Appends the bytes of a literal.
    @inlinable
    public mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends a whole number in decimal digits.
    ///
    /// - Parameter width: at least so many digits, with zeros before the number's own.
    public mutating func append(decimal number: Int, width: Int = 1) {
        if number < 0 { append(UInt8(ascii: "-")) }
        let magnitude = number.magnitude
        var (digits, power) = (1, UInt(10))
        while magnitude >= power {
            digits += 1
            let (next, isTooLarge) = power.multipliedReportingOverflow(by: 10)
            if isTooLarge { break }
            power = next
        }
        let start = count
        append(UInt8(ascii: "0"), times: Swift.max(digits, width))
        var (rest, place) = (magnitude, count)
        while rest > 0, place > start {
            place -= 1
            self[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    /// Appends a byte several times; nothing for a count below 1.
    public mutating func append(_ byte: UInt8, times: Int) {
        for _ in 0..<Swift.max(0, times) { append(byte) }
    }

    /// Appends a number in hexadecimal digits, small letters.
    ///
    /// - Parameter width: at least so many digits, with zeros before the number's own.
    public mutating func append(hexadecimal number: UInt32, width: Int = 1) {
        var shift = 4 * Swift.max(width - 1, (31 - number.leadingZeroBitCount) / 4)
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: number >> UInt32(shift) & 15)
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
            shift -= 4
        }
    }
}
