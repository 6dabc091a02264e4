public import JSON
import Platform

/// The SHA-256 of the compact JSON of a request body without the fields of a stream: what a record is recognized by as the
/// result of a row, however the request was sent.
///
/// The rule, for programs that compute it themselves: `model`, then `prompt`, then the fields of the flags in the order of
/// the manual page, then those that only the row has in the row's order. A row's value takes the place of a flag's. `stream`,
/// `stream_options` and `custom_id` are left out. The text is UTF-8 without white space between tokens; in strings only `"`,
/// `\` and control characters are escaped, as `\b \t \n \f \r` or `\u00xx` in lower case; numbers keep their spelling. In
/// Python:
///
///     body = {"model": model, "prompt": row["prompt"], **flags, **row}
///     text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
///     hashlib.sha256(text.encode()).hexdigest()
public struct RequestDigest: Hashable, Sendable {
    /// The names of the fields that say how a response is to come, which are not part of what is asked.
    public static let streamFields = [Array("stream".utf8), Array("stream_options".utf8)]

    /// Its 32 bytes.
    public let bytes: [UInt8]

    /// A digest of these 32 bytes.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The digest of a request body.
    public init(of body: JSONValue) {
        var asked = body
        if case .object(let members) = body, members.contains(where: { Self.streamFields.contains($0.key) }) {
            asked = .object(members.filter { !Self.streamFields.contains($0.key) })
        }
        bytes = SHA256.digest(of: asked.jsonBytes)
    }

    /// A digest as it is written: 64 hexadecimal digits in lower case; nil for any other text.
    public init?(hexadecimal text: some Collection<UInt8>) {
        guard text.count == 64 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        var high: UInt8?
        for character in text {
            guard let digit = Self.value(of: character) else { return nil }
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
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in bytes {
            text.append(Self.digit(byte >> 4))
            text.append(Self.digit(byte & 15))
        }
        return text
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
