import Platform

extension JSONValue {
    /// Reads one MessagePack value of the types that JSON has, in any of their forms; binary data is read as text.
    ///
    /// - Parameter depthLimit: how many arrays and maps may stand inside each other.
    /// - Throws: ``MessagePackError`` when the bytes are not just that.
    public init(messagePack bytes: [UInt8], depthLimit: Int = 512) throws(MessagePackError) {
        var reader = MessagePackReader(bytes: bytes)
        self = try reader.read(depth: depthLimit)
        guard reader.isAtEnd else { throw .malformed }
    }
}

/// Reads MessagePack.
struct MessagePackReader {
    private let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func read(depth: Int) throws(MessagePackError) -> JSONValue {
        let type = UInt8(try take(1))
        switch type {
        case 0x00...0x7F: return .integer(Int(type))
        case 0xE0...0xFF: return .integer(Int(Int8(bitPattern: type)))
        case 0x80...0x8F: return try readMap(Int(type & 0x0F), depth)
        case 0x90...0x9F: return try readArray(Int(type & 0x0F), depth)
        case 0xA0...0xBF: return .string(try readText(Int(type & 0x1F)))
        case 0xC0: return .null
        case 0xC2: return .bool(false)
        case 0xC3: return .bool(true)
        case 0xCA, 0xCB, 0xCC...0xD3: return try readNumber(type)
        case 0xC4, 0xD9: return .string(try readText(Int(try take(1))))
        case 0xC5, 0xDA: return .string(try readText(Int(try take(2))))
        case 0xC6, 0xDB: return .string(try readText(Int(try take(4))))
        case 0xDC: return try readArray(Int(try take(2)), depth)
        case 0xDD: return try readArray(Int(try take(4)), depth)
        case 0xDE: return try readMap(Int(try take(2)), depth)
        case 0xDF: return try readMap(Int(try take(4)), depth)
        default: throw .foreignType(type)
        }
    }

    private mutating func readNumber(_ type: UInt8) throws(MessagePackError) -> JSONValue {
        switch type {
        case 0xCA: return .double(Double(Float(bitPattern: UInt32(try take(4)))))
        case 0xCB: return .double(Double(bitPattern: try take(8)))
        case 0xCC...0xCF: return .number(JSONNumber(digits: String(try take(1 << Int(type - 0xCC)))))
        default:
            let size = 1 << Int(type - 0xD0)
            let unused = UInt64(64 - 8 * size)
            return .integer(Int(Int64(bitPattern: try take(size) << unused) >> Int64(unused)))
        }
    }

    private mutating func readArray(_ count: Int, _ depth: Int) throws(MessagePackError) -> JSONValue {
        guard depth > 0 else { throw .tooDeep }
        var elements: [JSONValue] = []
        for _ in 0..<count { elements.append(try read(depth: depth - 1)) }
        return .array(elements)
    }

    private mutating func readMap(_ count: Int, _ depth: Int) throws(MessagePackError) -> JSONValue {
        guard depth > 0 else { throw .tooDeep }
        var members: [JSONMember] = []
        for _ in 0..<count {
            guard case .string(let key) = try read(depth: 0) else { throw .malformed }
            members.append(JSONMember(key: key, value: try read(depth: depth - 1)))
        }
        return .object(members)
    }

    private mutating func readText(_ count: Int) throws(MessagePackError) -> [UInt8] {
        guard bytes.count - position >= count else { throw .malformed }
        defer { position += count }
        let text = Array(bytes[position..<position + count])
        guard UTF8Sequence.firstInvalidOffset(in: text) == nil else { throw .malformed }
        return text
    }

    /// The next bytes as a number, the first the highest.
    private mutating func take(_ count: Int) throws(MessagePackError) -> UInt64 {
        guard bytes.count - position >= count else { throw .malformed }
        defer { position += count }
        return bytes[position..<position + count].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
