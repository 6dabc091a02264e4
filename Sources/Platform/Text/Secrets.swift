/// What no one may see of a run, and the mask that hides it in text from outside.
///
/// Of a secret of sixteen bytes or more every run of eight is hidden, since a server may repeat a part of it: also when
/// line breaks, blanks, tags, fields of an event stream or characters that can't be seen split it, and when it is spelled
/// with the escapes of JSON, URLs or HTML, or in base64. A shorter one is hidden where it is complete; shorter than eight,
/// only where it stands alone, since it would also be found inside of words.
public struct Secrets {
    private static let longLength = 16

    /// Those that are hidden where they are whole.
    private(set) var short: [[UInt8]] = []
    /// Those of which every part is hidden.
    private(set) var long = SecretRuns([])

    /// Nothing to hide but what looks like a key of the vendor.
    public init() {}

    /// Those that are hidden, as they were added.
    public var all: [[UInt8]] { short + long.secrets }

    /// Hides one more.
    ///
    /// - Parameter secret: as it is sent; nothing happens for an empty one.
    public mutating func add(_ secret: some Collection<UInt8>) {
        let secret = Array(secret)
        guard !secret.isEmpty, !short.contains(secret), !long.secrets.contains(secret) else { return }
        if secret.count < Self.longLength { short.append(secret) } else { long = SecretRuns(long.secrets + [secret]) }
    }
}

extension Secrets {
    /// The text with `***` in the place of every secret and of every part of one.
    ///
    /// - Parameters:
    ///   - text: any bytes.
    ///   - guesses: whether also what looks like one is hidden: the vendor's keys, and what stands before the `@` of an
    ///     address.
    public func mask(_ text: [UInt8], guesses: Bool = true) -> [UInt8] {
        let hidden = SecretScan.ranges(of: self, in: text, guesses: guesses)
        guard !hidden.isEmpty else { return text }
        var result: [UInt8] = []
        var end = 0
        for range in hidden {
            result += text[end..<range.lowerBound] + Array("***".utf8)
            end = range.upperBound
        }
        return result + text[end...]
    }
}
