/// Values written in few bytes, to be kept in memory and read again by ``PackedReader`` in the same order.
extension [UInt8] {
    /// Appends a whole number: seven bits to a byte, the lowest first; small ones, of either sign, take the fewest.
    public mutating func append(packed number: Int) {
        var rest = UInt(bitPattern: number << 1 ^ number >> (Int.bitWidth - 1))
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends bytes with their count.
    public mutating func append(packed bytes: [UInt8]) {
        append(packed: bytes.count)
        self += bytes
    }

    /// Appends a number, in four bytes where those hold all of it, as of most numbers that models give.
    public mutating func append(packed number: Double) {
        let short = Float(number)
        let isShort = Double(short) == number
        append(isShort ? 4 : 8)
        var bits = isShort ? UInt64(short.bitPattern) : number.bitPattern
        for _ in 0..<(isShort ? 4 : 8) {
            append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
        }
    }
}

/// Reads what was packed.
public struct PackedReader {
    private let bytes: [UInt8]
    private var place = 0

    /// Reads from the beginning.
    ///
    /// - Parameter bytes: written by the functions that append packed values; each is read by its counterpart.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether all was read.
    public var isAtEnd: Bool { place == bytes.count }

    /// The next byte.
    public mutating func byte() -> UInt8 {
        defer { place += 1 }
        return bytes[place]
    }

    /// The next whole number.
    public mutating func integer() -> Int {
        var (value, shift) = (UInt(0), UInt(0))
        while true {
            let next = byte()
            value |= UInt(next & 0x7F) << shift
            if next < 0x80 { return Int(bitPattern: value >> 1) ^ -Int(value & 1) }
            shift += 7
        }
    }

    /// The next bytes.
    public mutating func array() -> [UInt8] { Array(slice()) }

    /// The next bytes, in place.
    public mutating func slice() -> ArraySlice<UInt8> {
        let count = integer()
        defer { place += count }
        return bytes[place..<place + count]
    }

    /// The next number.
    public mutating func double() -> Double {
        let count = Int(byte())
        var bits = UInt64(0)
        for offset in 0..<count { bits |= UInt64(bytes[place + offset]) << UInt64(8 * offset) }
        place += count
        return count == 4 ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) : Double(bitPattern: bits)
    }
}
