import JSON
import Platform

/// The code points of a text that may hold surrogates without partners, each as three bytes.
public enum CodePoints {
    /// All of them, in order; U+FFFD for each byte that is none.
    public static func read(_ bytes: [UInt8]) -> [UInt32] {
        var result: [UInt32] = []
        result.reserveCapacity(bytes.count)
        bytes.withUnsafeBufferPointer { buffer in
            var position = 0
            while position < buffer.count {
                var length = UTF8Sequence.length(at: position, in: buffer)
                if length == 0, isSurrogate(buffer[position...].prefix(3)) { length = 3 }
                result.append(length == 0 ? 0xFFFD : value(of: buffer[position..<position + length]))
                position += max(1, length)
            }
        }
        return result
    }

    /// `U+00E9`, several separated by blanks.
    public static func names(of points: some Collection<UInt32>) -> String {
        let names = points.map { point in
            let digits = String(point, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
        return names.joined(separator: " ")
    }

    /// The code points as UTF-8; U+FFFD for a surrogate, since UTF-8 has no form for it.
    public static func bytes(of points: some Collection<UInt32>) -> [UInt8] {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: points.map { Unicode.Scalar($0) ?? "\u{FFFD}" })
        return Array(String(text).utf8)
    }

    /// The code points as a JSON string, in which a surrogate has an escape of its own.
    static func json(_ bytes: [UInt8]) -> JSONValue {
        var spelling: [UInt8] = [UInt8(ascii: "\"")]
        for point in read(bytes) {
            if Unicode.Scalar(point) == nil {
                spelling += Array("\\u\(String(point, radix: 16))".utf8)
            } else {
                var quoted: [UInt8] = []
                JSONString.append(self.bytes(of: [point]), to: &quoted)
                spelling += quoted.dropFirst().dropLast()
            }
        }
        spelling.append(UInt8(ascii: "\""))
        return (try? JSONDocument(parsing: spelling)).map(JSONValue.document) ?? .null
    }

    private static func isSurrogate(_ bytes: some Collection<UInt8>) -> Bool {
        let bytes = Array(bytes)
        return bytes.count == 3 && bytes[0] == 0xED && (0xA0...0xBF).contains(bytes[1]) && bytes[2] & 0xC0 == 0x80
    }

    private static func value(of bytes: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32 {
        guard let lead = bytes.first, bytes.count > 1 else { return UInt32(bytes.first ?? 0) }
        let start = UInt32(lead) & (0xFF >> (UInt32(bytes.count) + 1))
        return bytes.dropFirst().reduce(start) { $0 << 6 | UInt32($1 & 0x3F) }
    }
}
