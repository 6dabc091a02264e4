/// One byte of a text as it is meant, and where its spelling stands: `\u0063`, `%63` and `&#99;` are all `c`.
struct SpelledUnit {
    /// The byte; a blank for any character that separates or can't be seen.
    let byte: UInt8
    /// Where its spelling begins and ends in the text.
    let start: Int
    let end: Int
    /// Whether it is no part of any character: a byte that is not UTF-8.
    var isStray = false

    /// Whether it is a blank, a control character, one that can't be seen, or the mark of what is no character.
    var isSeparator: Bool { byte <= 0x20 || byte == 0x7F }

    /// Whether it is one of a key's bytes by the usual alphabet.
    var isKeyByte: Bool { isWordByte && byte < 0x80 }

    /// Whether it is part of a word.
    var isWordByte: Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...0xFF:
            true
        default: false
        }
    }

    /// The bytes of a text as they stand.
    static func read(_ text: [UInt8], _ block: Range<Int>) -> [SpelledUnit] {
        var units: [SpelledUnit] = []
        units.reserveCapacity(block.count)
        text.withUnsafeBufferPointer { buffer in
            var place = block.lowerBound
            while place < block.upperBound {
                let valid = buffer[place] < 0x80 ? 1 : UTF8Sequence.length(at: place, in: buffer)
                let length = max(1, valid)
                if length == 1 {
                    units.append(
                        SpelledUnit(byte: buffer[place], start: place, end: place + 1, isStray: valid == 0))
                } else if isBlank(buffer[place..<place + length]) {
                    units.append(SpelledUnit(byte: 0x20, start: place, end: place + length))
                } else {
                    for byte in buffer[place..<place + length] {
                        units.append(SpelledUnit(byte: byte, start: place, end: place + length))
                    }
                }
                place += length
            }
        }
        return units
    }

    /// The same with escapes resolved: those of JSON and of programs (`\u0063`, `\x63`, `\n`), of URLs (`%63`) and of HTML
    /// (`&#99;`, `&amp;`); nil when there are none.
    static func resolve(_ units: [SpelledUnit]) -> [SpelledUnit]? {
        guard units.contains(where: { "\\%&".utf8.contains($0.byte) }) else { return nil }
        var result: [SpelledUnit] = []
        result.reserveCapacity(units.count)
        var place = 0
        while place < units.count {
            if let (value, length) = escape(at: place, in: units) {
                let (start, end) = (units[place].start, units[place + length - 1].end)
                let isStray = Unicode.Scalar(value) == nil
                for byte in bytes(of: value) {
                    result.append(SpelledUnit(byte: byte, start: start, end: end, isStray: isStray))
                }
                place += length
            } else {
                result.append(units[place])
                place += 1
            }
        }
        return result
    }

    private static func isBlank(_ sequence: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        String(decoding: sequence, as: UTF8.self).unicodeScalars.first.map { isBlank($0.value) } ?? false
    }

    private static func isBlank(_ value: UInt32) -> Bool {
        switch value {
        // The last stands for bytes that are not UTF-8.
        case 0x80...0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000, 0xFFFD: true
        default: InvisibleRanges.contain(value)
        }
    }

    private static func bytes(of value: UInt32) -> [UInt8] {
        if value < 0x80 { return [UInt8(value)] }
        guard let scalar = Unicode.Scalar(value) else { return [0xFF] }
        return isBlank(value) ? [0x20] : Array(String(scalar).utf8)
    }

    /// What an escape stands for and how many units it has; nil where none begins.
    private static func escape(at place: Int, in units: [SpelledUnit]) -> (value: UInt32, length: Int)? {
        switch units[place].byte {
        case UInt8(ascii: "\\"):
            guard place + 1 < units.count else { return nil }
            switch units[place + 1].byte {
            case UInt8(ascii: "u"): return number(at: place + 2, digits: 4, in: units).map { ($0, 6) }
            case UInt8(ascii: "x"): return number(at: place + 2, digits: 2, in: units).map { ($0, 4) }
            case UInt8(ascii: "n"): return (0x0A, 2)
            case UInt8(ascii: "r"): return (0x0D, 2)
            case UInt8(ascii: "t"), UInt8(ascii: "b"), UInt8(ascii: "f"): return (0x20, 2)
            case let byte: return (UInt32(byte), 2)
            }
        case UInt8(ascii: "%"): return number(at: place + 1, digits: 2, in: units).map { ($0, 3) }
        case UInt8(ascii: "&"): return entity(at: place, in: units)
        default: return nil
        }
    }

    private static func number(at place: Int, digits: Int, in units: [SpelledUnit]) -> UInt32? {
        guard place + digits <= units.count else { return nil }
        return number(units[place..<place + digits], radix: 16)
    }

    private static func number(_ digits: ArraySlice<SpelledUnit>, radix: UInt32) -> UInt32? {
        guard !digits.isEmpty, digits.count <= 8 else { return nil }
        var value: UInt32 = 0
        for digit in digits {
            let one: UInt32
            switch digit.byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): one = UInt32(digit.byte) - 0x30
            case UInt8(ascii: "a")...UInt8(ascii: "f"): one = UInt32(digit.byte) - 0x57
            case UInt8(ascii: "A")...UInt8(ascii: "F"): one = UInt32(digit.byte) - 0x37
            default: return nil
            }
            guard one < radix else { return nil }
            value = value &* radix &+ one
        }
        return value
    }

    private static func entity(at place: Int, in units: [SpelledUnit]) -> (value: UInt32, length: Int)? {
        let reach = units[(place + 1)...].prefix(10)
        guard let end = reach.firstIndex(where: { $0.byte == UInt8(ascii: ";") }) else { return nil }
        let name = reach[..<end]
        let length = end - place + 1
        if name.first?.byte == UInt8(ascii: "#") {
            let digits = name.dropFirst()
            let isHexadecimal = digits.first.map { $0.byte | 0x20 == UInt8(ascii: "x") } ?? false
            return (isHexadecimal ? number(digits.dropFirst(), radix: 16) : number(digits, radix: 10)).map {
                ($0, length)
            }
        }
        let names: [(String, UInt32)] = [
            ("amp", 0x26), ("lt", 0x3C), ("gt", 0x3E), ("quot", 0x22), ("apos", 0x27), ("nbsp", 0x20), ("shy", 0x20),
            ("zwnj", 0x20), ("zwj", 0x20),
        ]
        return names.first { name.elementsEqual($0.0.utf8, by: { $0.byte == $1 }) }.map { ($0.1, length) }
    }
}
