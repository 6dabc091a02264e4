import JSON
import Testing

@Suite("JSON writer")
struct JSONWriterTests {
    @Test(
        "a double is written in the fewest digits that read back as itself",
        arguments: [
            (0, "0"), (-0.0, "-0"), (1, "1"), (-2.25, "-2.25"), (0.1, "0.1"), (0.1 + 0.2, "0.30000000000000004"),
            (1e15, "1000000000000000"), (100, "100"), (1e22, "1e+22"), (4.673e-05, "4.673e-05"),
            (1 / 3, "0.3333333333333333"),
            (.leastNonzeroMagnitude, "5e-324"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
        ])
    func doubles(value: Double, expected: String) throws {
        let bytes = JSONValue.double(value).jsonBytes
        #expect(try JSONDocument(parsing: bytes).root.double == value)
        #expect(try JSONDocument(parsing: bytes).root.double?.sign == value.sign)
        #expect(bytes.text == expected)
    }

    @Test("what JSON has no number for is null", arguments: [Double.nan, .infinity, -.infinity])
    func nonFinite(value: Double) {
        #expect(JSONValue.double(value).jsonBytes.text == "null")
    }

    @Test("whole numbers are written whole", arguments: [(0, "0"), (-1, "-1"), (.min, "-9223372036854775808")])
    func integers(value: Int, expected: String) {
        #expect(JSONValue.integer(value).jsonBytes.text == expected)
    }

    @Test("digits that are given are written as given")
    func digits() {
        #expect(JSONValue.number(JSONNumber(digits: "1.50e+007")).jsonBytes.text == "1.50e+007")
    }

    @Test("only quotes, backslashes and control characters are escaped")
    func escapes() {
        #expect(JSONValue.text("a/b\u{7f}é夜😀\u{2028}").jsonBytes.elementsEqual("\"a/b\u{7f}é夜😀\u{2028}\"".utf8))
        #expect(JSONValue.text("\"\\").jsonBytes.text == #""\"\\""#)
        #expect(JSONValue.text("\u{8}\t\n\u{C}\r").jsonBytes.text == #""\b\t\n\f\r""#)
        #expect(JSONValue.text("\u{0}\u{1}\u{B}\u{1f}").jsonBytes.text == #""\u0000\u0001\u000b\u001f""#)
    }

    @Test("every control character comes back")
    func controls() throws {
        let controls = (0..<0x20).map { UInt8($0) }
        #expect(try JSONDocument(parsing: JSONValue.string(controls).jsonBytes).root.stringBytes == controls)
    }

    @Test("literals build what they look like, members in the order written")
    func literals() {
        let value: JSONValue = [
            "z": "x", "a": 1, "t": true, "f": false, "n": nil, "list": [1, "two", [], [:]], "d": .double(0.5),
        ]
        #expect(value.jsonBytes.text == #"{"z":"x","a":1,"t":true,"f":false,"n":null,"list":[1,"two",[],{}],"d":0.5}"#)
    }

    @Test("members may share a key, and keys are escaped like strings")
    func members() {
        let value = JSONValue.object([JSONMember("a\"\n", 1), JSONMember(key: [0x61], value: 2), JSONMember("a", 3)])
        #expect(value.jsonBytes.text == #"{"a\"\n":1,"a":2,"a":3}"#)
    }

    @Test("a document is written as it was spelled")
    func document() throws {
        let document = try JSONDocument(parsing: Array(#"{ "a" : 1.0 }"#.utf8))
        #expect(JSONValue.array([.document(document), 1]).jsonBytes.text == #"[{ "a" : 1.0 },1]"#)
    }

    @Test("writing adds to what stands there")
    func appends() {
        var output = Array("x=".utf8)
        JSONValue.integer(1).write(to: &output)
        #expect(output.text == "x=1")
    }
}
