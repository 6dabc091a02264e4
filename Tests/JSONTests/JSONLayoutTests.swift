import JSON
import Testing

@Suite("JSON layouts")
struct JSONLayoutTests {
    private let text = #" { "a" : [ 1.0 , { } , [ ] , { "x" : [ null ] } ] , "a" : "\u0041 \/ :,é" , "n" : -0e0 } "#

    @Test("compact drops white space and nothing else")
    func compact() throws {
        let expected = #"{"a":[1.0,{},[],{"x":[null]}],"a":"\u0041 \/ :,é","n":-0e0}"#
        #expect(try JSONView.of(text).compactBytes.elementsEqual(expected.utf8))
    }

    @Test("pretty stands on lines, two spaces a level, with empty containers closed at once")
    func pretty() throws {
        let expected = #"""
            {
              "a": [
                1.0,
                {},
                [],
                {
                  "x": [
                    null
                  ]
                }
              ],
              "a": "\u0041 \/ :,é",
              "n": -0e0
            }
            """#
        #expect(try JSONView.of(text).prettyBytes.elementsEqual(expected.utf8))
    }

    @Test(
        "a layout of a layout is the layout, and compacting undoes pretty",
        arguments: ["1", "[]", "{}", #"[{"a":[]}]"#])
    func idempotence(text: String) throws {
        let root = try JSONView.of(text)
        let pretty = try JSONDocument(parsing: root.prettyBytes).root
        #expect(pretty.prettyBytes == root.prettyBytes)
        #expect(pretty.compactBytes.text == text)
    }

    @Test("a part is laid out like a document of its own")
    func part() throws {
        let part = try #require(JSONView.of(#"{"a":{"b":[1]}}"#)["a"])
        #expect(part.compactBytes.text == #"{"b":[1]}"#)
        #expect(part.prettyBytes.text == "{\n  \"b\": [\n    1\n  ]\n}")
    }
}
