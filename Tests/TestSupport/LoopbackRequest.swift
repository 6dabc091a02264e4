/// A request as it came over the wire.
public struct LoopbackRequest: Sendable {
    /// The request line and the header fields, with the empty line that ends them.
    public let head: [UInt8]
    /// The body as it was sent, chunk sizes and all.
    public let body: [UInt8]
    /// False when the connection ended in the middle of it.
    public let isWhole: Bool
    /// Which connection it came on, counted from 0.
    public let connection: Int

    /// Every byte.
    public var bytes: [UInt8] { head + body }

    /// The body without its transfer encoding.
    public var payload: [UInt8] {
        RequestFraming(head: head) == .chunked ? ChunkedBody.payload(of: body) : body
    }

    /// The request line, such as `POST /v1/completions HTTP/1.1`.
    public var line: String {
        String(decoding: head.prefix { $0 != 0x0D && $0 != 0x0A }, as: UTF8.self)
    }

    /// The value of a header field, in whatever case its name was sent; nil when it was not sent.
    public func header(_ name: String) -> String? {
        HeaderFields.value(of: name, in: head)
    }
}

/// Header fields in the bytes of a head.
enum HeaderFields {
    /// The value of the first field of this name, without the blanks around it.
    static func value(of name: String, in head: [UInt8]) -> String? {
        for line in head.split(separator: 0x0A).dropFirst() {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            guard String(decoding: line[..<colon], as: UTF8.self).lowercased() == name.lowercased() else { continue }
            let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            let value = line[(colon + 1)...].drop(while: isBlank).reversed().drop(while: isBlank).reversed()
            return String(decoding: Array(value), as: UTF8.self)
        }
        return nil
    }
}
