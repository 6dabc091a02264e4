import JSON
import Testing

@Suite("The source of JSON values")
struct JSONSourceTests {
    @Test("members keep their order, duplicates, and the spelling of keys and values")
    func members() throws {
        let root = try JSONView.of(#"{"b":1.50,"a":"\u0061","b":[ 1 , 2 ],"\u0062":null}"#)
        #expect(root.members.map(\.key.source.text) == [#""b""#, #""a""#, #""b""#, #""\u0062""#])
        #expect(root.members.map(\.value.source.text) == ["1.50", #""\u0061""#, "[ 1 , 2 ]", "null"])
    }

    @Test("of several members with one key the last is found, also when spelled otherwise")
    func duplicates() throws {
        #expect(try JSONView.of(#"{"a":1,"b":2,"a":3}"#)["a"]?.integer == 3)
        #expect(try JSONView.of(#"{"a":1,"\u0061":null}"#)["a"]?.isNull == true)
        #expect(try JSONView.of(#"{"":1,"":2}"#)[""]?.integer == 2)
    }

    @Test("a key that is not there, or only deeper inside, is not found")
    func missing() throws {
        let root = try JSONView.of(#"{"a":{"b":1},"c":["b"]}"#)
        #expect(root["b"] == nil && root["A"] == nil && root["a "] == nil)
        #expect(root["a"]?["b"]?.integer == 1)
    }

    @Test("keys that look alike but differ in bytes stay apart")
    func canonicalEquivalence() throws {
        let root = try JSONView.of("{\"e\u{301}\":1,\"\u{e9}\":2}")
        #expect(root["\u{e9}"]?.integer == 2 && root["e\u{301}"]?.integer == 1)
    }

    @Test("the text is kept as it came")
    func bytes() throws {
        let text = " { \"a\" : [ 1.0 ,\n2 ] }\n"
        let document = try JSONDocument(parsing: Array(text.utf8))
        #expect(document.bytes.text == text)
        #expect(document.root.source.text == "{ \"a\" : [ 1.0 ,\n2 ] }")
        #expect(document.root["a"]?.source.text == "[ 1.0 ,\n2 ]")
    }
}
