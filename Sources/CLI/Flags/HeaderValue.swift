import Flags
import HTTP
import Platform

extension Value where Parsed == Header {
    /// `Name: value`, by the characters of RFC 9110, so that no further line can be made of it.
    static var header: Value {
        Value(ValueSyntax(.required, name: "'NAME: VALUE'")) { bytes throws(BadValue) in
            guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
                bytes[..<colon].allSatisfy(Self.isTokenByte)
            else { throw BadValue("a header is a name, ':' and a value, as in 'X-Name: value'") }
            let name = String(decoding: bytes[..<colon], as: UTF8.self)
            guard !Self.ours.contains(name.lowercased()) else {
                throw BadValue("\(quoted: name) is set by the program (\(Self.setting(name.lowercased())))")
            }
            let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
            let value = bytes[(colon + 1)...].drop(while: isSpace)
            guard value.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }),
                UTF8Sequence.firstInvalidOffset(in: Array(value)) == nil
            else { throw BadValue("the value of \(quoted: name) holds a line break or another control character") }
            return Header(name, String(decoding: value, as: UTF8.self))
        }
    }

    /// What the program sends itself.
    private static let ours: Set<String> = [
        "content-type", "content-encoding", "content-length", "transfer-encoding", "expect",
        "x-cerebras-version-patch",
    ]

    private static func setting(_ name: String) -> Message {
        switch name {
        case "x-cerebras-version-patch": "--api-version"
        default: "from the body"
        }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
