/// How the end of a request's body is found (RFC 9112, section 6.3).
enum RequestFraming: Equatable {
    /// So many bytes; none when the head says nothing of a body.
    case length(Int)
    /// In chunks that tell their size.
    case chunked

    init(head: [UInt8]) {
        if HeaderFields.value(of: "Transfer-Encoding", in: head)?.lowercased() == "chunked" {
            self = .chunked
        } else {
            self = .length(HeaderFields.value(of: "Content-Length", in: head).flatMap { Int($0) } ?? 0)
        }
    }

    /// Where the body that starts `bytes` ends in them; nil when it goes on.
    func end(in bytes: ArraySlice<UInt8>) -> Int? {
        switch self {
        case .length(let length): bytes.count >= length ? bytes.startIndex + length : nil
        case .chunked: ChunkedBody.end(in: bytes)
        }
    }
}

/// A body in chunks (RFC 9112, section 7.1).
enum ChunkedBody {
    /// Where the body that starts `bytes` ends in them, its trailer included; nil when it goes on.
    static func end(in bytes: ArraySlice<UInt8>) -> Int? {
        var rest = bytes
        while let chunk = chunk(in: rest) {
            if !chunk.data.isEmpty {
                rest = bytes[chunk.end...]
                continue
            }
            // The trailer: lines until an empty one.
            var line = bytes[chunk.data.startIndex...]
            while let end = line.firstIndex(of: 0x0A) {
                if line[..<end].allSatisfy({ $0 == 0x0D }) { return end + 1 }
                line = bytes[(end + 1)...]
            }
            return nil
        }
        return nil
    }

    /// The chunks' data, joined.
    static func payload(of bytes: [UInt8]) -> [UInt8] {
        var payload: [UInt8] = []
        var rest = bytes[...]
        while let chunk = chunk(in: rest), !chunk.data.isEmpty {
            payload += chunk.data
            rest = bytes[chunk.end...]
        }
        return payload
    }

    /// The chunk that starts `bytes`: its data, and where the next starts; nil when it is not whole.
    private static func chunk(in bytes: ArraySlice<UInt8>) -> (data: ArraySlice<UInt8>, end: Int)? {
        guard let lineEnd = bytes.firstIndex(of: 0x0A) else { return nil }
        let digits = bytes[..<lineEnd].prefix { $0 != 0x0D && $0 != UInt8(ascii: ";") }
        guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0 else { return nil }
        let start = lineEnd + 1
        guard size > 0 else { return (bytes[start..<start], start) }
        guard bytes.endIndex - start >= size + 2 else { return nil }
        return (bytes[start..<(start + size)], start + size + 2)
    }
}
