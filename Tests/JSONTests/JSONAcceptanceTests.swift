import JSON
import Testing

@Suite("JSON that RFC 8259 allows")
struct JSONAcceptanceTests {
    @Test(
        "every value is accepted, with and without white space around it",
        arguments: [
            ("null", .null), ("true", .bool), ("false", .bool),
            ("0", .number), ("-0", .number), ("7", .number), ("-12", .number), ("0.0", .number), ("-0.50", .number),
            ("1e5", .number), ("1E5", .number), ("1e+05", .number), ("1E-05", .number), ("0e0", .number),
            ("12.25e-7", .number), ("123456789012345678901234567890", .number), ("1e999", .number),
            (#""""#, .string), (#""a""#, .string), (#""\"\\\/\b\f\n\r\t""#, .string), (#""\u00e9\u00E9""#, .string),
            (#""\ud83d\ude00""#, .string), (#""\ud800""#, .string), ("\"\u{7f}\u{80}\u{2028}\"", .string),
            ("\"é夜😀\u{10FFFF}\"", .string), ("\"/\"", .string),
            ("[]", .array), ("[ ]", .array), ("[\n]", .array), ("[1]", .array), ("[1 ,\t2]", .array),
            ("[[],[[]]]", .array), ("[null,true,\"\",{},1.0]", .array),
            ("{}", .object), ("{ }", .object), (#"{"a":1}"#, .object), (#"{"a" : 1 , "b":2}"#, .object),
            (#"{"":{"":[]}}"#, .object), (#"{"a":1,"a":2}"#, .object), (#"{"\u0061":1}"#, .object),
        ] as [(String, JSONKind)])
    func accepted(text: String, kind: JSONKind) throws {
        for padded in [text, " \(text)", "\(text)\n", "\t\r\n \(text) \r\n\t"] {
            let value = try JSONView.of(padded)
            #expect(value.kind == kind)
            #expect(value.source.elementsEqual(text.utf8), "the source is the value without what is around it")
        }
    }

    @Test("the six kinds answer only to their own questions")
    func kinds() throws {
        let list = try Array(JSONView.of(#"[null,true,1,"a",[0],{"k":0}]"#).elements)
        #expect(list.map(\.kind) == [.null, .bool, .number, .string, .array, .object])
        #expect(list.map(\.isNull) == [true, false, false, false, false, false])
        #expect(list.map(\.bool) == [nil, true, nil, nil, nil, nil])
        #expect(list.map(\.integer) == [nil, nil, 1, nil, nil, nil])
        #expect(list.map(\.double) == [nil, nil, 1, nil, nil, nil])
        #expect(list.map(\.string) == [nil, nil, nil, "a", nil, nil])
        #expect(list.map { $0.stringSource != nil } == [false, false, false, true, false, false])
        #expect(list.map { Array($0.elements).count } == [0, 0, 0, 0, 1, 0])
        #expect(list.map { Array($0.members).count } == [0, 0, 0, 0, 0, 1])
        #expect(list.map { $0["k"]?.integer } == [nil, nil, nil, nil, nil, 0])
    }

    @Test("an array gives its elements in order, however deep they are")
    func elements() throws {
        let root = try JSONView.of(#"[[1,[2]],{"a":[3]},4]"#)
        #expect(root.elements.map(\.source.text) == ["[1,[2]]", #"{"a":[3]}"#, "4"])
        #expect(root.elements.map { $0.elements.map(\.source.text) } == [["1", "[2]"], [], []])
    }
}
