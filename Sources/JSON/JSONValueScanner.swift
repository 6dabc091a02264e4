/// Finds where an array or object ends in bytes that come in pieces, without reading what is in it.
public struct JSONValueScanner: Sendable {
    private var depth = 0
    private var isEscaped = false
    /// Whether the bytes so far end inside a string.
    public private(set) var isInString = false

    /// A scanner before the first byte.
    public init() {}

    /// Whether an array or object has begun and not ended.
    public var isOpen: Bool { depth > 0 }

    /// Takes the next bytes, up to the end of the value.
    ///
    /// - Returns: the index after the bracket that closes the value; nil when it has yet to come.
    public mutating func end(in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.withUnsafeBufferPointer { buffer -> Int? in
            for (offset, byte) in buffer.enumerated() where closes(byte) { return bytes.startIndex + offset + 1 }
            return nil
        }
    }

    private mutating func closes(_ byte: UInt8) -> Bool {
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
            return false
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            return depth <= 0
        default: break
        }
        return false
    }
}
