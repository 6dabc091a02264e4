/// Bytes cut where libFuzzer chooses: the last eight of them say how long the pieces are, over and over.
struct Pieces: Sequence, IteratorProtocol {
    private var rest: ArraySlice<UInt8>
    private let lengths: [Int]
    private var count = 0

    /// Pieces of 1 to 32 bytes.
    init(_ bytes: [UInt8]) {
        rest = bytes[...]
        lengths = bytes.suffix(8).map { Int($0 % 32) + 1 }
    }

    /// The next piece; nil after the last.
    mutating func next() -> ArraySlice<UInt8>? {
        guard !rest.isEmpty else { return nil }
        let piece = rest.prefix(lengths[count % lengths.count])
        rest = rest.dropFirst(piece.count)
        count += 1
        return piece
    }
}
