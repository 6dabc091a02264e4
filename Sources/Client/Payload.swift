import Compression
public import HTTP
public import JSON

/// A request body as it goes over the wire.
public struct Payload: Sendable {
    /// How the body is written.
    public enum Encoding: String, CaseIterable, Sendable {
        case json
        case msgpack
    }

    /// Whether it is compressed.
    public enum Compression: String, CaseIterable, Sendable {
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
    public let bytes: [UInt8]
    /// What describes it to the server.
    public let headers: [Header]
    /// The size as compact JSON, uncompressed.
    public let plainSize: Int
    /// How the bytes are encoded: `json`, `msgpack`, `json+gzip` or `msgpack+gzip`.
    public let name: String

    /// Encodes a body.
    ///
    /// - Parameter isVendor: whether the server is the vendor's own; others mostly cannot read gzip.
    /// - Throws: ``ClientError`` when the body has no form in MessagePack.
    public init(
        _ body: JSONValue, encoding: Encoding, compression: Compression, isVendor: Bool
    ) throws(ClientError) {
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
    public var isText: Bool { name == "json" }

    private static func messagePack(_ body: JSONValue) throws(ClientError) -> [UInt8] {
        do throws(MessagePackError) {
            return try body.messagePackBytes()
        } catch {
            throw .messagePack(error)
        }
    }

    private static func gzip(_ bytes: [UInt8]) throws(ClientError) -> [UInt8] {
        do throws(CompressionError) {
            return try Gzip.compress(bytes, level: gzipLevel)
        } catch {
            throw .gzip
        }
    }
}
