import JSON
import Testing

@Suite("Big JSON")
struct JSONSizeTests {
    @Test("a document of two megabytes is read value by value")
    func manyValues() throws {
        let row = #"{"token":" night","logprob":-1.2345678901234567,"top":[null,true,{"a":"\n"}]}"#
        let count = 2_000_000 / row.utf8.count + 1
        let text = "[" + Array(repeating: row, count: count).joined(separator: ",") + "]"
        let root = try JSONView.of(text)
        var rows = 0
        for element in root.elements {
            rows += element["logprob"]?.number?.digits == "-1.2345678901234567" && element["top"] != nil ? 1 : 0
        }
        #expect(rows == count)
        #expect(root.compactBytes.elementsEqual(text.utf8))
    }

    @Test("a string of two megabytes is one value")
    func oneString() throws {
        let spelling = String(repeating: #"night \u591c 夜"#, count: 130_000)
        let root = try JSONView.of("\"\(spelling)\"")
        #expect(root.stringSource?.count == spelling.utf8.count)
        #expect(root.stringBytes?.count == 130_000 * "night 夜 夜".utf8.count)
    }

    @Test("an object of many members finds its last one")
    func manyMembers() throws {
        let members = (0..<50_000).map { #""k\#($0)":\#($0)"# }.joined(separator: ",")
        #expect(try JSONView.of("{\(members)}")["k49999"]?.integer == 49_999)
    }
}
