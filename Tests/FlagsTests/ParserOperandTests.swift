import Flags
import Testing

@Suite("Operands")
struct ParserOperandTests {
    private func operands(_ words: [String]) throws -> [String] {
        try Sample.parse(words).outcome.operands.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("flags stand before, between and after operands")
    func order() throws {
        for words in [["-q", "one", "two"], ["one", "-q", "two"], ["one", "two", "-q"]] {
            let (options, outcome) = try Sample.parse(words)
            #expect(options.isQuiet && outcome.operands == [Array("one".utf8), Array("two".utf8)])
        }
    }

    @Test("two dashes end the flags, and only the first ones do")
    func doubleDash() throws {
        #expect(try operands(["a", "--", "-q", "--", "--help"]) == ["a", "-q", "--", "--help"])
        #expect(try !Sample.parse(["--", "-q"]).options.isQuiet)
        #expect(try operands(["--"]) == [])
    }

    @Test("a single dash and an empty argument are operands")
    func dashAndNothing() throws {
        #expect(try operands(["-", "", "-"]) == ["-", "", "-"])
    }

    @Test("an operand keeps its bytes, also those that are not UTF-8")
    func bytes() throws {
        var options = Sample()
        let words: [[UInt8]] = [[0xFF, 0xFE], [0xC3, 0x28], Array("e\u{301} \n".utf8)]
        #expect(try Parser(Sample.sections).parse(words, into: &options).operands == words)
    }
}
