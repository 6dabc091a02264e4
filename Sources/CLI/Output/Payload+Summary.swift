import Client
import Platform

extension Payload {
    /// `payload 331 KB -> 103 KB (msgpack+gzip)`, or only the size when nothing was done to it.
    var summary: String {
        let plain = Self.describe(plainSize)
        return isText ? "payload \(plain) (json)" : "payload \(plain) -> \(Self.describe(bytes.count)) (\(name))"
    }

    /// The same for programs; sizes in bytes.
    var report: Report {
        ["encoding": .text(Message(own: name)), "json_bytes": .integer(plainSize), "sent_bytes": .integer(bytes.count)]
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
