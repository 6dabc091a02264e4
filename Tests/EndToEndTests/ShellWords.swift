/// A command line in a shell's notation: blanks and line ends between words, `'...'` and `"..."` as they stand, `$'...'`
/// with ``Escapes``, a backslash before a single character.
enum ShellWords {
    /// The words' bytes.
    static func split(_ text: some Sequence<UInt8>) throws(NotationError) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var word: [UInt8]?
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: " "), 0x09, 0x0A:
                if let word { words.append(word) }
                word = nil
            case UInt8(ascii: "'"), UInt8(ascii: "\""): word = (word ?? []) + (try quoted(&rest, by: byte))
            case UInt8(ascii: "$") where rest.first == UInt8(ascii: "'"):
                rest.removeFirst()
                word = (word ?? []) + (try Escapes.read(escaped(&rest)))
            case UInt8(ascii: "\\"):
                guard let next = rest.popFirst() else { throw NotationError(problem: "a backslash ends the text") }
                // Before a line's end it joins the lines.
                if next != 0x0A { word = (word ?? []) + [next] }
            default: word = (word ?? []) + [byte]
            }
        }
        if let word { words.append(word) }
        return words
    }

    private static func quoted(_ rest: inout ArraySlice<UInt8>, by quote: UInt8) throws(NotationError) -> [UInt8] {
        guard let end = rest.firstIndex(of: quote) else { throw NotationError(problem: "a quote is not closed") }
        defer { rest = rest[(end + 1)...] }
        return Array(rest[..<end])
    }

    /// Up to the first `'` that no backslash stands before, which is taken too.
    private static func escaped(_ rest: inout ArraySlice<UInt8>) throws(NotationError) -> [UInt8] {
        var result: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "'") { return result }
            result.append(byte)
            if byte == UInt8(ascii: "\\"), let next = rest.popFirst() { result.append(next) }
        }
        throw NotationError(problem: "a quote is not closed")
    }
}
