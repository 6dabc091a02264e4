import JSON
import Testing

@Suite("JSON writer")
struct JSONWriterTests {
    private func text(_ value: JSONValue) -> String { String(decoding: value.jsonBytes, as: UTF8.self) }

    @Test func numbersAreShortestAndExact() {
        for (value, expected) in [
            (0.0, "0"), (-0.0, "-0"), (1.0, "1"), (0.1, "0.1"), (1e22, "1e+22"), (.leastNonzeroMagnitude, "5e-324"),
            (1.5, "1.5"),
            (-2.25, "-2.25"),
        ] {
            #expect(text(.double(value)) == expected)
        }
        #expect(text(.double(.nan)) == "null" && text(.integer(.min)) == "-9223372036854775808")
    }

    @Test func onlyWhatMustBeIsEscaped() {
        #expect(
            text(.string(Array("\"\\/\u{1}\u{1f}\u{7f}\n\té😀\u{2028}".utf8))) == #""\"\\/\u0001\u001f"# + "\u{7f}"
                + #"\n\té😀"# + "\u{2028}\"")
    }

    @Test func generatedValuesComeBack() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let value = GeneratedValue.make(depth: 4, &generator)
            let bytes = value.jsonBytes
            #expect(try JSONValue(JSONDocument(parsing: bytes).root).jsonBytes == bytes)
            #expect(try JSONDocument(parsing: JSONDocument(parsing: bytes).root.prettyBytes).root.compactBytes == bytes)
        }
    }
}
