import Platform
import Testing

@Suite("Ends of lines")
struct LineEndsTests {
    @Test("both kinds are found in order", arguments: ["", "a", "\n", "\r\n\r", "a\nbc\rd\r\n\n e", "\r\r\na"])
    func order(text: String) {
        let bytes = Array("xx\(text)".utf8)[2...]
        var (ends, rest, found) = (LineEnds(), bytes, [Int]())
        while let end = ends.next(in: rest) {
            found.append(end)
            rest = rest[(end + 1)...]
        }
        #expect(found == bytes.indices.filter { bytes[$0] == 0x0A || bytes[$0] == 0x0D })
    }
}
