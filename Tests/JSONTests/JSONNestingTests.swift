import JSON
import Testing

@Suite("JSON nesting")
struct JSONNestingTests {
    private func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test("512 levels are read, the 513th is refused where it opens")
    func limit() throws {
        #expect(try JSONView.of(nested(512)).source.count == 1024)
        let error = #expect(throws: JSONError.self) { try JSONView.of(nested(513)) }
        #expect(error?.problem == .tooDeep && error?.offset == 512)
    }

    @Test("objects count like arrays, and closed ones do not count")
    func mixture() throws {
        #expect(try JSONView.of(#"{"a":[{"b":1},{"b":[]}]}"#, depthLimit: 4).kind == .object)
        let error = #expect(throws: JSONError.self) { try JSONView.of(#"{"a":[{"b":1},{"b":[]}]}"#, depthLimit: 3) }
        #expect(error?.problem == .tooDeep && error?.offset == 19)
        #expect(try JSONView.of("[[],[],[]]", depthLimit: 2).kind == .array)
        #expect(try JSONView.of("1", depthLimit: 0).integer == 1)
    }

    @Test("hostile nesting is refused, not crashed on", arguments: ["[", #"{"a":"#, #"[{"":"#])
    func hostile(opening: String) {
        let error = #expect(throws: JSONError.self) { try JSONView.of(String(repeating: opening, count: 100_000)) }
        #expect(error?.problem == .tooDeep)
    }

    @Test("the deepest document can be written, laid out and copied")
    func deepest() throws {
        let text = nested(512)
        let root = try JSONView.of(text)
        #expect(root.compactBytes.text == text)
        #expect(JSONValue(root).jsonBytes.text == text)
        #expect(try JSONDocument(parsing: root.prettyBytes).root.compactBytes.text == text)
    }
}
