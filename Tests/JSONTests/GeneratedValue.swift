import JSON

/// Random values of every kind.
enum GeneratedValue {
    /// A value with at most so many levels.
    static func make(depth: Int, _ generator: inout SplitMix) -> JSONValue {
        switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &generator) {
        case 0: return .null
        case 1: return .bool(.random(using: &generator))
        case 2: return .integer(.random(in: .min ... .max, using: &generator))
        case 3: return .double(Double(bitPattern: generator.next()))
        case 4: return .text(text(&generator))
        case 5: return .array((0..<count(&generator)).map { _ in make(depth: depth - 1, &generator) })
        default:
            let keys = (0..<count(&generator)).map { _ in text(&generator) }
            return .object(keys.map { JSONMember($0, make(depth: depth - 1, &generator)) })
        }
    }

    /// Up to twelve characters of every length in UTF-8.
    static func text(_ generator: inout SplitMix) -> String {
        let limits: [UInt32] = [0x7F, 0x7FF, 0xFFFF, 0x10FFFF]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            let limit = limits[Int.random(in: 0...3, using: &generator)]
            if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &generator)) { text.append(scalar) }
        }
        return String(text)
    }

    /// A number spelled as no writer would.
    static func digits(_ generator: inout SplitMix) -> String {
        let sign = Bool.random(using: &generator) ? "-" : ""
        let whole = String(UInt64.random(in: 0 ... .max, using: &generator))
        let fraction = Bool.random(using: &generator) ? ".\(generator.next())000" : ""
        let exponent = Bool.random(using: &generator) ? "E+00\(Int.random(in: 0...400, using: &generator))" : ""
        return sign + whole + fraction + exponent
    }

    private static func count(_ generator: inout SplitMix) -> Int { Int.random(in: 0...4, using: &generator) }
}
