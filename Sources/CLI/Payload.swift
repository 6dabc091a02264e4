import API
import Compression
import HTTP
import JSON
import Platform

/// A request body as it goes over the wire.
struct Payload {
    /// How the body is written.
    enum Encoding: String, CaseIterable {
        case json
        case msgpack
    }

    /// Whether it is compressed.
    enum Compression: String, CaseIterable {
        /// With gzip when it pays and the server is known to read it.
        case auto
        case gzip
        case none
    }

    /// Below so many bytes gzip's overhead outweighs its gain.
    private static let leastForGzip = 4096
    /// Measured with 50,000 token IDs: compressing and sending together take least at level 2 on lines of 100 Mbit/s and
    /// of 1 Gbit/s (11 and 4 ms, against 15 and 8 ms at level 4, 38 and 31 ms at zlib's usual 6).
    private static let gzipLevel: Int32 = 2

    /// What is sent.
    let bytes: [UInt8]
    /// What tells the server how to read it.
    let headers: [Header]
    /// The size as compact JSON, uncompressed.
    private let plainSize: Int
    private let name: String

    /// Encodes a body.
    ///
    /// - Parameter isVendor: whether the server is the vendor's own; others mostly cannot read gzip.
    /// - Throws: ``Failure`` when the body has no form in MessagePack.
    init(
        _ body: JSONValue, encoding: Encoding, compression: Compression, isVendor: Bool
    ) throws(Failure) {
        let plain = body.jsonBytes
        plainSize = plain.count
        let encoded = encoding == .json ? plain : try Self.messagePack(body)
        let isCompressed =
            compression == .gzip || (compression == .auto && isVendor && encoded.count >= Self.leastForGzip)
        var headers = [Header("Content-Type", encoding == .json ? "application/json" : "application/vnd.msgpack")]
        if isCompressed { headers.append(Header("Content-Encoding", "gzip")) }
        self.headers = headers
        bytes = isCompressed ? try Self.gzip(encoded) : encoded
        name = encoding.rawValue + (isCompressed ? "+gzip" : "")
    }

    /// Whether the bytes are JSON that anyone can read.
    var isText: Bool { name == "json" }

    /// `payload 331 KB -> 103 KB (msgpack+gzip)`, or only the size when nothing was done to it.
    var summary: String {
        let plain = Self.describe(plainSize)
        return isText ? "payload \(plain) (json)" : "payload \(plain) -> \(Self.describe(bytes.count)) (\(name))"
    }

    /// The same for programs; sizes in bytes.
    var json: Report {
        ["encoding": .text(Message(own: name)), "json_bytes": .integer(plainSize), "sent_bytes": .integer(bytes.count)]
    }

    private static func messagePack(_ body: JSONValue) throws(Failure) -> [UInt8] {
        do throws(MessagePackError) {
            return try body.messagePackBytes()
        } catch {
            throw .local("--encoding msgpack", reason: Self.words(of: error))
        }
    }

    private static func words(of error: MessagePackError) -> Message {
        if case .number(let digits) = error { return "the number \(plain: digits) can't be encoded" }
        if error == .loneSurrogate { return "half a surrogate pair can't be encoded" }
        return "the body is too long"
    }

    private static func gzip(_ bytes: [UInt8]) throws(Failure) -> [UInt8] {
        do throws(CompressionError) {
            return try Gzip.compress(bytes, level: gzipLevel)
        } catch {
            throw .local("gzip", reason: "out of memory")
        }
    }

    /// `37 B`, `331 KB`, `1.2 MB`; a KB is 1,000 bytes.
    private static func describe(_ count: Int) -> String {
        switch count {
        case ..<1000: "\(count) B"
        case ..<999_500: "\((count + 500) / 1000) KB"
        default: "\((count + 50_000) / 1_000_000).\((count + 50_000) / 100_000 % 10) MB"
        }
    }
}
