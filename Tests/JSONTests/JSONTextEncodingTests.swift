import JSON
import Testing

@Suite("UTF-8 in JSON")
struct JSONTextEncodingTests {
    @Test(
        "a string that is not UTF-8 is refused where the bad bytes begin",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
            [0xE5, 0xA4], [0xE5, 0xA4, 0x41], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF0, 0x9F, 0x98, 0x20], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF],
        ] as [[UInt8]])
    func refused(bytes: [UInt8]) {
        let before = Array("[\"é".utf8)
        for text in [before + bytes + Array("\"]".utf8), before + bytes] {
            let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: text) }
            #expect(error?.problem == .invalidUTF8)
            #expect(error?.offset == before.count)
        }
    }

    @Test("bad bytes in a key are refused as in a value")
    func keys() {
        let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: Array("{\"a".utf8) + [0xFF, 0x22]) }
        #expect(error?.problem == .invalidUTF8 && error?.offset == 3)
    }

    @Test("bad bytes outside strings are what should not stand there")
    func outside() {
        let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: [0x5B, 0xFF, 0x5D]) }
        #expect(error?.problem == .expectedValue && error?.offset == 1)
    }

    @Test("the limits of every length of UTF-8 are read as they are")
    func limits() throws {
        let text = "\u{80}\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF}"
        #expect(try JSONView.of("\"\(text)\"").stringBytes?.elementsEqual(text.utf8) == true)
    }
}
