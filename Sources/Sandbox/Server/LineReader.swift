/// Cuts lines out of bytes that come in pieces, each byte looked at once, and no more of them than there is room for.
struct LineReader {
    private var line: [UInt8] = []
    private var room: Int

    /// - Parameter room: the most bytes of all lines together, their ends among them.
    init(room: Int) {
        self.room = room
    }

    /// The next line without its end, taken off `input`; nil when more must come, with all of `input` taken.
    ///
    /// - Throws: ``Refusal/tooLarge``.
    mutating func next(_ input: inout ArraySlice<UInt8>) throws(Refusal) -> [UInt8]? {
        let end = input.firstIndex(of: UInt8(ascii: "\n"))
        let piece = input[..<(end.map { $0 + 1 } ?? input.endIndex)]
        room -= piece.count
        guard room >= 0 else { throw .tooLarge }
        line += piece
        input = input[piece.endIndex...]
        guard end != nil else { return nil }
        defer { line = [] }
        return line.dropLast(line.suffix(2) == [UInt8(ascii: "\r"), UInt8(ascii: "\n")] ? 2 : 1)
    }
}
