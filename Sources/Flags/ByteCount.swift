import Platform

/// A number of bytes as people write it.
public struct ByteCount: Equatable, Sendable, CustomStringConvertible {
    private static let units: [(letter: Unicode.Scalar, shift: Int)] = [("G", 30), ("M", 20), ("K", 10)]

    /// The number.
    public let bytes: Int

    /// A number of bytes.
    public init(_ bytes: Int) {
        self.bytes = bytes
    }

    /// Reads `300`, `64K`, `16M`, `2G`, the letter in either case and also as `KiB`; nil for anything else, for 0,
    /// and for what does not fit into 64 bits.
    init?(parsing text: String) {
        let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
        let unit = text.utf8.dropFirst(digits.count).map { $0 & 0xDF }
        guard let number = Int(Substring(digits)), number > 0 else { return nil }
        guard let letter = unit.first else {
            bytes = number
            return
        }
        let spelling = [letter] + Array("IB".utf8)
        guard unit.count == 1 || unit == spelling,
            let shift = Self.units.first(where: { $0.letter.value == UInt32(letter) })?.shift,
            number <= Int.max >> shift
        else { return nil }
        bytes = number << shift
    }

    /// As it is written on a command line, such as `256M`.
    public var argument: String {
        guard let unit = wholeUnit else { return String(bytes) }
        return "\(bytes >> unit.shift)\(unit.letter)"
    }

    /// As it stands in a sentence, such as `256 MiB`.
    public var description: String {
        guard let unit = wholeUnit else { return "\(bytes) byte\(bytes == 1 ? "" : "s")" }
        return "\(bytes >> unit.shift) \(unit.letter)iB"
    }

    /// The largest unit that it is a whole number of.
    private var wholeUnit: (letter: Unicode.Scalar, shift: Int)? {
        Self.units.first { bytes > 0 && bytes & (1 << $0.shift - 1) == 0 }
    }
}

extension Value where Parsed == ByteCount {
    /// A positive number of bytes, perhaps with a unit.
    public static var size: Value {
        let syntax = ValueSyntax(.required, name: "SIZE", requirement: "such as 500000, 64K, 16M, 2G")
        return Value(syntax) { bytes throws(BadValue) in
            guard let count = ByteCount(parsing: String(decoding: bytes, as: UTF8.self)) else {
                throw BadValue("\(quoted: bytes) is not a size such as 500000, 64K, 16M or 2G")
            }
            return count
        }
    }
}

extension Message.StringInterpolation {
    /// A size that the program knows.
    public mutating func appendInterpolation(_ count: ByteCount) {
        appendLiteral(count.description)
    }
}
