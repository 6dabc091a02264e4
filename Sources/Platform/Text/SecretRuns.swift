/// The parts of long secrets by which they are found.
final class SecretRuns {
    /// How many bytes a part has.
    static let length = 8

    /// Every part, its first byte in the highest bits, and the bytes that end one.
    struct Index {
        var runs: Set<UInt64> = []
        var ends = [Bool](repeating: false, count: 256)
    }

    let secrets: [[UInt8]]

    /// Made when it is first used, since most runs show nothing from outside.
    private(set) lazy var index = makeIndex()

    /// Of these secrets.
    init(_ secrets: [[UInt8]]) {
        self.secrets = secrets
    }

    private func makeIndex() -> Index {
        var index = Index()
        for secret in secrets {
            for spelling in [secret] + Self.base64(secret) { Self.add(spelling, to: &index) }
        }
        return index
    }

    private static func add(_ spelling: [UInt8], to index: inout Index) {
        var window: UInt64 = 0
        for (place, byte) in spelling.enumerated() {
            window = window << 8 | UInt64(byte)
            guard place >= Self.length - 1 else { continue }
            index.runs.insert(window)
            index.ends[Int(byte)] = true
        }
    }

    /// What base64 makes of a secret inside of other bytes: of the three ways in which it can fall on groups of six bits
    /// the digits that hold nothing else, in both alphabets.
    private static func base64(_ secret: [UInt8]) -> [[UInt8]] {
        let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        let forURLs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        return [standard, forURLs].flatMap { digits in
            [0, 2, 4].map { skipped in
                var spelling: [UInt8] = []
                var (bits, count) = (UInt32(0), -skipped)
                for byte in secret {
                    bits = bits << 8 | UInt32(byte)
                    count += 8
                    while count >= 6 {
                        count -= 6
                        spelling.append(digits[Int(bits >> UInt32(count) & 63)])
                    }
                }
                return spelling
            }
        }
    }
}
