import JSON
import Testing

@Suite("Numbers that JSON does not have")
struct JSONNonFiniteTests {
    private func parse(_ text: String) throws -> JSONDocument {
        try JSONDocument(parsing: Array(text.utf8), allowsNonFinite: true)
    }

    @Test("they are read where they are allowed, and counted", arguments: ["NaN", "Infinity", "-Infinity"])
    func allowed(spelling: String) throws {
        let document = try parse("[1, \(spelling) ,{\"a\":\(spelling)}]")
        #expect(document.nonFiniteCount == 2)
        let element = try #require(document.root.elements.dropFirst().first { _ in true })
        #expect(element.isNonFinite && element.kind == .number && element.source.elementsEqual(spelling.utf8))
        #expect(element.double.map { "\($0)" } == Double(spelling).map { "\($0)" } && element.integer == nil)
        #expect(throws: JSONError.self) { try JSONDocument(parsing: Array("[\(spelling)]".utf8)) }
    }

    @Test(
        "nothing else is",
        arguments: ["nan", "inf", "+Infinity", "-NaN", "NaNa", "Infinit", "--Infinity", "[-Inf]", "N"])
    func refused(text: String) {
        #expect(throws: JSONError.self) { try parse(text) }
    }

    @Test("other numbers stay what they are")
    func others() throws {
        let document = try parse("[-1,1e999,\"NaN\"]")
        #expect(document.nonFiniteCount == 0 && document.root.elements.allSatisfy { !$0.isNonFinite })
    }
}
