/// Why a value has no form in MessagePack.
public enum MessagePackError: Error, Equatable, Sendable {
    /// A whole number beyond 64 bits, or one beyond the range of a Double; its digits.
    case number(String)
    /// A string that was spelled with half a surrogate pair, for which UTF-8 has no form.
    case loneSurrogate
    /// Text or a collection of 2^32 bytes or elements, or more.
    case tooLong
    /// Bytes that end too early, or are followed by others.
    case malformed
    /// A type that JSON does not have; its first byte.
    case foreignType(UInt8)
    /// Arrays and maps inside each other beyond the limit.
    case tooDeep
}

extension JSONValue {
    /// The value as MessagePack (msgpack.org, specification of 2017), each part in its smallest form.
    ///
    /// - Throws: ``MessagePackError`` for a number, a string or a length that has no form.
    public func messagePackBytes() throws(MessagePackError) -> [UInt8] {
        var writer = MessagePackWriter()
        try writer.write(self)
        return writer.output
    }
}

/// Writes MessagePack.
struct MessagePackWriter {
    private(set) var output: [UInt8] = []

    mutating func write(_ value: JSONValue) throws(MessagePackError) {
        switch value {
        case .null: output.append(0xC0)
        case .bool(let value): output.append(value ? 0xC3 : 0xC2)
        case .number(let number): try write(number)
        case .string(let text):
            try writeLength(text.count, short: (0xA0, 31), forms: [0xD9, 0xDA, 0xDB])
            output += text
        case .array(let elements):
            try writeLength(elements.count, short: (0x90, 15), forms: [nil, 0xDC, 0xDD])
            for element in elements { try write(element) }
        case .object(let members):
            try writeLength(members.count, short: (0x80, 15), forms: [nil, 0xDE, 0xDF])
            for member in members {
                try write(.string(member.key))
                try write(member.value)
            }
        case .document(let document):
            guard !document.holdsLoneSurrogate else { throw .loneSurrogate }
            try write(JSONValue(document.root))
        }
    }

    private mutating func write(_ number: JSONNumber) throws(MessagePackError) {
        if number.digits == "-0" {
            write(-0.0)
        } else if let value = Int(number.digits) {
            write(value)
        } else if let value = UInt64(number.digits) {
            append(0xCF, value, bytes: 8)
        } else if let value = number.double, value.isFinite, !isWholeInDigits(number) {
            write(value)
        } else {
            throw .number(number.digits)
        }
    }

    /// Whether the number is spelled without fraction and exponent, so that a Double might not be exact.
    private func isWholeInDigits(_ number: JSONNumber) -> Bool {
        number.digits.utf8.allSatisfy { $0 != UInt8(ascii: ".") && $0 | 0x20 != UInt8(ascii: "e") }
    }

    private mutating func write(_ value: Int) {
        let bits = UInt64(bitPattern: Int64(value))
        switch value {
        case 0...127, -32..<0: output.append(UInt8(truncatingIfNeeded: value))
        case 128...255: append(0xCC, bits, bytes: 1)
        case 256...65_535: append(0xCD, bits, bytes: 2)
        case 65_536...4_294_967_295: append(0xCE, bits, bytes: 4)
        case 4_294_967_296...: append(0xCF, bits, bytes: 8)
        case -128 ..< -32: append(0xD0, bits, bytes: 1)
        case -32_768 ..< -128: append(0xD1, bits, bytes: 2)
        case -2_147_483_648 ..< -32_768: append(0xD2, bits, bytes: 4)
        default: append(0xD3, bits, bytes: 8)
        }
    }

    private mutating func write(_ value: Double) {
        if Double(Float(value)) == value {
            append(0xCA, UInt64(Float(value).bitPattern), bytes: 4)
        } else {
            append(0xCB, value.bitPattern, bytes: 8)
        }
    }

    /// A length in the shortest form that it fits: in the first byte, or in 1, 2 or 4 bytes where there is such a form.
    private mutating func writeLength(
        _ count: Int, short: (base: UInt8, limit: Int), forms: [UInt8?]
    ) throws(MessagePackError) {
        if count <= short.limit { return output.append(short.base | UInt8(count)) }
        for (form, bytes) in zip(forms, [1, 2, 4]) where count < 1 << (8 * bytes) {
            if let form { return append(form, UInt64(count), bytes: bytes) }
        }
        throw .tooLong
    }

    private mutating func append(_ type: UInt8, _ bits: UInt64, bytes: Int) {
        output.append(type)
        append(bits, bytes: bytes)
    }

    private mutating func append(_ bits: UInt64, bytes: Int) {
        for shift in stride(from: 8 * (bytes - 1), through: 0, by: -8) {
            output.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
    }
}
