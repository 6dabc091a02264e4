/// The SHA-256 of the compact JSON of a request body without the fields of a stream: what a record is recognized by as the
/// answer to a row, however the request was sent.
public struct RequestDigest: Hashable, Sendable {
    /// Its 32 bytes.
    public let bytes: [UInt8]

    /// A digest of these 32 bytes.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A digest as it is written: 64 hexadecimal digits in lower case; nil for any other text.
    public init?(hexadecimal text: some Collection<UInt8>) {
        guard text.count == 64 else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text {
            guard let digit = Self.digits.firstIndex(of: character).map(UInt8.init) else { return nil }
            if let half = high {
                bytes.append(half << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        self.bytes = bytes
    }

    /// Its 64 hexadecimal digits, in lower case.
    public var hexadecimal: [UInt8] {
        bytes.flatMap { [Self.digits[Int($0 >> 4)], Self.digits[Int($0 & 15)]] }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
