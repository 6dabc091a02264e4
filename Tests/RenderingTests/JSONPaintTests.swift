import JSON
import Testing

@testable import Rendering

@Suite("JSON in color")
struct JSONPaintTests {
    private let color = ColorSupport(depth: .indexed, hasAttributes: true)

    /// With `K`, `S` and `N` for what begins a key, a string and a null, and `.` for what ends them.
    private func marked(_ json: String) -> String {
        String(decoding: JSONPaint(color).paint(Array(json.utf8)), as: UTF8.self)
            .replacing("\u{1B}[34;1m", with: "K").replacing("\u{1B}[32m", with: "S")
            .replacing("\u{1B}[2m", with: "N").replacing("\u{1B}[0m", with: ".")
    }

    @Test("keys, strings and nulls are told apart")
    func parts() {
        #expect(
            marked(#"{"a" : "b:\"", "c\\":[null,true,-1e5,"\\"],"d":{}}"#)
                == #"{K"a". : S"b:\""., K"c\\".:[Nnull.,true,-1e5,S"\\".],K"d".:{}}"#)
    }

    @Test(
        "whatever the bytes are, they all come through",
        arguments: ["\"", "\"\\", "\\", "n", "", "{\"a\"", "nul", "\"\u{e9}"])
    func anything(json: String) {
        let text = String(decoding: JSONPaint(color).paint(Array(json.utf8)), as: UTF8.self)
        #expect(text.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == json)
    }

    @Test("only a terminal gets colors, so that a program reads JSON", arguments: [Format.json, .jsonl])
    func terminal(format: Format) {
        func rendered(_ isTerminal: Bool, _ support: ColorSupport) -> String {
            Rendered(format, [Rendered.chunk("a", end: true)]) {
                ($0.isTerminal, $0.color) = (isTerminal, support)
            }.text
        }
        #expect(rendered(true, color).contains("\u{1B}[34;1m\"choices\"\u{1B}[0m:"))
        #expect(!rendered(false, color).contains("\u{1B}") && !rendered(true, .plain).contains("\u{1B}"))
    }
}
