import JSON
import Testing

@Suite("JSON document")
struct JSONDocumentTests {
    private func parse(_ text: String, depthLimit: Int = 512) throws(JSONError) -> JSONView {
        try JSONDocument(parsing: Array(text.utf8), depthLimit: depthLimit).root
    }

    @Test(arguments: [
        "null", " true ", "false", "0", "-0", "-0.0", "12", "1.5", "1e5", "1E+5", "1.25e-7",
        "123456789012345678901234567890",
        #""""#, #""a""#, #""\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00""#, #""\ud800""#, "\"é夜😀\u{7f}\"", "[]", "[ ]", "[1, 2]",
        "{}", "{ }",
        #"{"a":1,"a":2}"#, #"{"":{"":[]}}"#, "\t\n\r [null]\n",
    ])
    func acceptsWhatRFC8259Allows(text: String) throws {
        let root = try parse(text)
        let trimmed = text.drop { " \t\n\r\r\n".contains($0) }.reversed().drop { " \t\n\r\r\n".contains($0) }.reversed()
        #expect(String(decoding: root.source, as: UTF8.self).utf8.elementsEqual(String(trimmed).utf8))
    }

    @Test(arguments: [
        ("", 0), (" ", 1), ("nul", 3), ("nulls", 4), ("True", 0), ("+1", 0), ("01", 0), ("1.", 2), (".5", 0), ("1e", 2),
        ("1e+", 3),
        ("-", 1), ("--1", 0), ("1.5.2", 0), ("0x1", 1), ("NaN", 0), ("Infinity", 0), (#"""#, 1), (#""\x""#, 1),
        (#""\u12""#, 1),
        (#""\u12g4""#, 1), ("\"a\nb\"", 2), ("\"\u{1}\"", 1), ("'a'", 0), ("[", 1), ("[1", 2), ("[1,", 3), ("[1,]", 3),
        ("[,1]", 1),
        ("[1 2]", 3), ("]", 0), ("[}", 1), ("{", 1), (#"{"a""#, 4), (#"{"a":"#, 5), (#"{"a" 1}"#, 5), (#"{"a":1,}"#, 7),
        ("{a:1}", 1),
        ("{1:1}", 1), (#"{"a":1 "b":2}"#, 7), ("1 2", 2), ("[] []", 3), ("\u{FEFF}1", 0), ("/**/1", 0), ("[1]//", 3),
        ("\u{A0}1", 0),
    ])
    func refusesEverythingElseAndSaysWhere(text: String, offset: Int) {
        let error = #expect(throws: JSONError.self) { try parse(text) }
        #expect(error?.offset == offset, "\(error?.description ?? "")")
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80],
            [0xF8, 0x88, 0x80, 0x80], [0xE5, 0xA4], [0xFF],
        ] as [[UInt8]])
    func refusesStringsThatAreNotUTF8(bytes: [UInt8]) {
        let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: [0x22, 0x61] + bytes + [0x22]) }
        #expect(error?.problem == .invalidUTF8 && error?.offset == 2)
    }

    @Test func hostileNestingIsRefused() throws {
        #expect(try parse(String(repeating: "[", count: 512) + String(repeating: "]", count: 512)).kind == .array)
        let error = #expect(throws: JSONError.self) { try parse(String(repeating: "[", count: 100_000)) }
        #expect(error?.problem == .tooDeep && error?.offset == 512)
        let objects = #expect(throws: JSONError.self) { try parse(String(repeating: #"{"a":"#, count: 100_000)) }
        #expect(objects?.problem == .tooDeep)
    }

    @Test func membersKeepOrderDuplicatesAndSpelling() throws {
        let root = try parse(#"{"b":1.50,"a":"\u0061","b":[ 1 , 2 ],"\u0062":null}"#)
        #expect(
            root.members.map { String(decoding: $0.key.source, as: UTF8.self) } == [
                #""b""#, #""a""#, #""b""#, #""\u0062""#,
            ])
        #expect(
            root.members.map { String(decoding: $0.value.source, as: UTF8.self) } == [
                "1.50", #""\u0061""#, "[ 1 , 2 ]", "null",
            ])
        #expect(root["b"]?.isNull == true, "the last of several wins, also when spelled otherwise")
        #expect(root["a"]?.string == "a" && root["c"] == nil)
    }

    @Test func keysAreComparedByBytes() throws {
        let root = try parse("{\"e\u{301}\":1,\"\u{e9}\":2}")
        #expect(root["\u{e9}"]?.integer == 2)
        #expect(root["e\u{301}"]?.integer == 1)
    }

    @Test func stringsAreUnescaped() throws {
        #expect(try parse(#""a\"\\\/\b\f\n\r\tz""#).stringBytes == Array("a\"\\/\u{8}\u{c}\n\r\tz".utf8))
        #expect(try parse(#""\ud83d\ude00""#).string == "😀")
        for lone in [#""\ud83d""#, #""\ude00""#, #""\ud83dx""#, #""\ud83d\u0041""#] {
            #expect(try parse(lone).string?.unicodeScalars.first == "\u{FFFD}")
        }
        #expect(try parse(#""\u0000""#).stringBytes == [0])
    }

    @Test func numbersAnswerWhatTheyAre() throws {
        #expect(try parse("9223372036854775807").integer == .max)
        #expect(try parse("9223372036854775808").integer == nil)
        #expect(try parse("1e3").integer == 1000 && parse("1.5").integer == nil)
        #expect(try parse("4.673e-05").double == 4.673e-05 && parse("-0.0").double?.sign == .minus)
    }

    @Test func layoutsKeepEverySpelling() throws {
        let root = try parse(#" { "a" : [ 1.0 , { } , [ ] ] , "b" : "\u0041 x" } "#)
        #expect(String(decoding: root.compactBytes, as: UTF8.self) == #"{"a":[1.0,{},[]],"b":"\u0041 x"}"#)
        let pretty = "{\n  \"a\": [\n    1.0,\n    {},\n    []\n  ],\n  \"b\": \"\\u0041 x\"\n}"
        #expect(String(decoding: root.prettyBytes, as: UTF8.self) == pretty)
    }
}
