/// Splits a command line as a shell would: blanks, `'...'`, `"..."` and `$'...'`.
enum ShellWords {
    /// The words' bytes.
    ///
    /// - Throws: ``CaseError`` for a quote without its partner or an unknown escape.
    static func split(_ line: [UInt8], _ number: Int, in file: String) throws -> [[UInt8]] {
        var words: [[UInt8]] = []
        var word: [UInt8]?
        var rest = line[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\n"):
                if let word { words.append(word) }
                word = nil
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                word = (word ?? []) + (try quoted(&rest, by: byte, number, in: file))
            case UInt8(ascii: "$") where rest.first == UInt8(ascii: "'"):
                rest = rest.dropFirst()
                let content = try quoted(&rest, by: UInt8(ascii: "'"), number, in: file)
                word = (word ?? []) + (try CaseFile.unescape(content, number, in: file))
            default: word = (word ?? []) + [byte]
            }
        }
        if let word { words.append(word) }
        return words
    }

    private static func quoted(
        _ rest: inout ArraySlice<UInt8>, by quote: UInt8, _ number: Int, in file: String
    ) throws -> [UInt8] {
        guard let end = rest.firstIndex(of: quote) else { throw CaseError(file, number, "a quote is not closed") }
        let content = Array(rest[..<end])
        rest = rest[(end + 1)...]
        return content
    }
}
