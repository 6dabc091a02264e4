import JSON

/// Random values of every kind.
enum GeneratedValue {
    /// A value with at most so many levels.
    static func make(depth: Int, _ generator: inout SystemRandomNumberGenerator) -> JSONValue {
        switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &generator) {
        case 0: return .null
        case 1: return .bool(.random(using: &generator))
        case 2: return .integer(.random(in: .min ... .max, using: &generator))
        case 3: return .double(Double(bitPattern: .random(in: 0 ... .max, using: &generator)))
        case 4:
            return .text(
                String(
                    String.UnicodeScalarView(
                        (0..<8).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &generator)) }))
            )
        case 5: return .array((0..<3).map { _ in make(depth: depth - 1, &generator) })
        default: return .object((0..<3).map { JSONMember("k\($0)", make(depth: depth - 1, &generator)) })
        }
    }
}
