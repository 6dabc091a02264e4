import JSON
import Testing

@Suite("MessagePack")
struct MessagePackTests {
    private func bytes(_ value: JSONValue) throws -> [UInt8] { try value.messagePackBytes() }

    static let forms: [(value: String, bytes: [UInt8])] = [
        ("null", [0xC0]), ("false", [0xC2]), ("true", [0xC3]), ("0", [0]), ("127", [0x7F]), ("128", [0xCC, 0x80]),
        ("255", [0xCC, 0xFF]),
        ("256", [0xCD, 1, 0]), ("65535", [0xCD, 0xFF, 0xFF]), ("65536", [0xCE, 0, 1, 0, 0]),
        ("4294967295", [0xCE, 0xFF, 0xFF, 0xFF, 0xFF]),
        ("4294967296", [0xCF, 0, 0, 0, 1, 0, 0, 0, 0]),
        ("18446744073709551615", [0xCF] + [UInt8](repeating: 0xFF, count: 8)),
        ("-1", [0xFF]), ("-32", [0xE0]), ("-33", [0xD0, 0xDF]), ("-128", [0xD0, 0x80]), ("-129", [0xD1, 0xFF, 0x7F]),
        ("-32768", [0xD1, 0x80, 0]), ("-32769", [0xD2, 0xFF, 0xFF, 0x7F, 0xFF]),
        ("-2147483648", [0xD2, 0x80, 0, 0, 0]),
        ("-2147483649", [0xD3, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF]),
        ("-9223372036854775808", [0xD3, 0x80, 0, 0, 0, 0, 0, 0, 0]), ("1.5", [0xCA, 0x3F, 0xC0, 0, 0]),
        ("0.1", [0xCB, 0x3F, 0xB9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A]), ("-0", [0xCA, 0x80, 0, 0, 0]),
        ("5e-324", [0xCB, 0, 0, 0, 0, 0, 0, 0, 1]), (#""""#, [0xA0]), (#""é""#, [0xA2, 0xC3, 0xA9]), ("[]", [0x90]),
        ("{}", [0x80]),
        (#"{"a":[1,null]}"#, [0x81, 0xA1, 0x61, 0x92, 1, 0xC0]),
    ]

    @Test(arguments: forms)
    func everythingHasItsSmallestForm(value: String, expected: [UInt8]) throws {
        let document = try JSONDocument(parsing: Array(value.utf8))
        #expect(try bytes(JSONValue(document.root)) == expected)
        #expect(try bytes(.document(document)) == expected)
    }

    @Test(arguments: [
        (31, 0xA0 | 31, 1), (32, 0xD9, 2), (255, 0xD9, 2), (256, 0xDA, 3), (65_535, 0xDA, 3), (65_536, 0xDB, 5),
    ])
    func textsHaveTheShortestLength(count: Int, type: UInt8, head: Int) throws {
        let written = try bytes(.string([UInt8](repeating: 0x61, count: count)))
        #expect(written[0] == type && written.count == head + count)
    }

    @Test(arguments: [(15, 0x9F, 1), (16, 0xDC, 3), (65_535, 0xDC, 3), (65_536, 0xDD, 5)])
    func listsHaveTheShortestLength(count: Int, type: UInt8, head: Int) throws {
        let written = try bytes(.array([JSONValue](repeating: 1, count: count)))
        #expect(written[0] == type && written.count == head + count)
    }

    @Test func numbersThatHaveNoFormAreRefused() throws {
        for digits in ["18446744073709551616", "-9223372036854775809", "1e400"] {
            #expect(throws: MessagePackError.number(digits)) { try bytes(.number(JSONNumber(digits: digits))) }
        }
    }

    @Test(arguments: [
        #""\ud800""#, #""\udc00""#, #""\ud83d\ud83d\ude00""#, #""\ude00\ud83d""#, #"{"\ud800":1}"#,
        #"[{"a":["\ud83dx"]}]"#, #""\ud800\n""#,
    ])
    func halfASurrogatePairIsRefused(text: String) throws {
        let document = try JSONDocument(parsing: Array(text.utf8))
        #expect(throws: MessagePackError.loneSurrogate) { try bytes(.document(document)) }
    }

    @Test(arguments: [(#""\ud83d\ude00""#, "😀"), (#""\\ud800""#, #"\ud800"#), (#""\ufffd""#, "\u{FFFD}")])
    func whatOnlyLooksLikeHalfAPairIsWritten(text: String, characters: String) throws {
        let document = try JSONDocument(parsing: Array(text.utf8))
        #expect(try bytes(.document(document)) == bytes(.text(characters)))
    }

    @Test func generatedValuesComeBack() throws {
        var generator = SplitMix(seed: 1)
        for _ in 0..<500 {
            let value = GeneratedValue.make(depth: 4, &generator)
            #expect(try JSONValue(messagePack: bytes(value)).jsonBytes == value.jsonBytes)
        }
    }

    @Test func longerFormsAreReadToo() throws {
        for form in [[0xCD, 0, 5], [0xD3, 0, 0, 0, 0, 0, 0, 0, 5], [0xCF, 0, 0, 0, 0, 0, 0, 0, 5]] as [[UInt8]] {
            #expect(try JSONValue(messagePack: form).jsonBytes == [0x35])
        }
        #expect(try JSONValue(messagePack: [0xD0, 0xFF]).jsonBytes == Array("-1".utf8))
        #expect(
            try JSONValue(messagePack: [0xDE, 0, 1, 0xD9, 1, 0x61, 0xDC, 0, 0]).jsonBytes == Array(#"{"a":[]}"#.utf8))
    }

    @Test func everyCutIsNoticed() throws {
        let whole = try bytes(["a": [1, 300, "text", .double(0.1)], "b": ["c": nil]])
        for end in whole.indices {
            #expect(throws: MessagePackError.malformed) { try JSONValue(messagePack: Array(whole[..<end])) }
        }
        #expect(throws: MessagePackError.malformed) { try JSONValue(messagePack: whole + [0]) }
    }

    @Test func whatJSONDoesNotHaveIsRefused() {
        #expect(throws: MessagePackError.foreignType(0xC1)) { try JSONValue(messagePack: [0xC1]) }
        #expect(throws: MessagePackError.foreignType(0xC7)) { try JSONValue(messagePack: [0xC7, 0, 0]) }
        #expect(throws: MessagePackError.malformed) { try JSONValue(messagePack: [0xA1, 0xFF]) }
        #expect(throws: MessagePackError.malformed) { try JSONValue(messagePack: [0x81, 1, 1]) }
        #expect(throws: MessagePackError.tooDeep) {
            try JSONValue(messagePack: [UInt8](repeating: 0x91, count: 100_000))
        }
    }
}
