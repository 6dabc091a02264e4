/// Cuts lines out of bytes that come in pieces, each byte looked at once, and no more of them than there is room for.
///
/// No line has control characters, which another reader could take for its end, or a terminal for a command.
struct LineReader {
    private var line: [UInt8] = []
    private var room: Int
    private let takesBareFeeds: Bool

    /// - Parameters:
    ///   - room: the most bytes of all lines together, their ends among them.
    ///   - takesBareFeeds: whether a line may end with LF alone, as in heads (RFC 9112, 2.2), and not with CR LF only.
    init(room: Int, takesBareFeeds: Bool) {
        self.room = room
        self.takesBareFeeds = takesBareFeeds
    }

    /// The next line without its end, taken off `input`; nil when more must come, with all of `input` taken.
    ///
    /// - Throws: ``Refusal/tooLarge`` or ``Refusal/malformed``.
    mutating func next(_ input: inout ArraySlice<UInt8>) throws(Refusal) -> [UInt8]? {
        let end = input.firstIndex(of: UInt8(ascii: "\n"))
        let piece = input[..<(end.map { $0 + 1 } ?? input.endIndex)]
        room -= piece.count
        guard room >= 0 else { throw .tooLarge }
        line += piece
        input = input[piece.endIndex...]
        guard end != nil else { return nil }
        defer { line = [] }
        let hasReturn = line.suffix(2) == [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        guard hasReturn || takesBareFeeds else { throw .malformed }
        let content = line.dropLast(hasReturn ? 2 : 1)
        guard content.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }) else { throw .malformed }
        return Array(content)
    }
}
