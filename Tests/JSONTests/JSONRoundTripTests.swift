import JSON
import Testing

@Suite("JSON round trip")
struct JSONRoundTripTests {
    @Test("generated values are read and written back byte for byte", arguments: 0..<20 as Range<UInt64>)
    func values(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        for _ in 0..<50 {
            let bytes = GeneratedValue.make(depth: 5, &generator).jsonBytes
            let root = try JSONDocument(parsing: bytes).root
            #expect(root.compactBytes == bytes)
            #expect(root.source == bytes[...])
            #expect(JSONValue(root).jsonBytes == bytes)
            #expect(try JSONDocument(parsing: root.prettyBytes).root.compactBytes == bytes)
        }
    }

    @Test("generated numbers keep their digits", arguments: 0..<20 as Range<UInt64>)
    func numbers(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        for _ in 0..<50 {
            let digits = GeneratedValue.digits(&generator)
            let root = try JSONView.of(digits)
            #expect(root.compactBytes.text == digits && JSONValue(root).jsonBytes.text == digits)
            #expect(root.double == Double(digits))
        }
    }

    @Test("generated strings come back however they are escaped", arguments: 0..<20 as Range<UInt64>)
    func strings(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        for _ in 0..<50 {
            let text = GeneratedValue.text(&generator)
            let escaped = text.utf16.map { unit in
                let digits = String(unit, radix: 16)
                return #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
            }
            #expect(try JSONView.of("\"\(escaped.joined())\"").stringBytes?.elementsEqual(text.utf8) == true)
            #expect(try JSONDocument(parsing: JSONValue.text(text).jsonBytes).root.stringBytes == Array(text.utf8))
        }
    }
}
