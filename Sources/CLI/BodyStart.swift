/// A reply's first bytes, as received, for messages.
struct BodyStart {
    private static let limit = 400

    /// At most 400.
    private(set) var bytes: [UInt8] = []

    /// Takes the next bytes of the body.
    mutating func note(_ piece: [UInt8]) {
        bytes += piece.prefix(Self.limit - bytes.count)
    }
}
