import Testing

@testable import Rendering

@Suite("Table")
struct TableRendererTests {
    /// A choice with one token for each text, all alike.
    private func chunk(_ tokens: [String], index: Int = 0, end: Bool = false) -> String {
        let names = tokens.map { "\"\($0)\"" }
        let tops = names.map { #"{"x":-0.25,\#($0):-1.5,"夜":-3,"👨‍👩‍👧":-4}"# }.joined(separator: ",")
        let values = tokens.map { _ in "-1.5" }.joined(separator: ",")
        return
            #"{"choices":[{"index":\#(index),"text":"","finish_reason":\#(end ? "\"stop\"" : "null"),"logprobs":{"tokens":[\#(names.joined(separator: ","))],"token_logprobs":[\#(values)],"top_logprobs":[\#(tops)],"text_offset":[\#(tokens.indices.map { String($0) }.joined(separator: ","))]}}]}"#
    }

    private static let tokens = [
        " a", "夜", "👩‍🚀", "🇩🇪", "e\\u0301", "\\u0301", "\\n", "\\u001b[31m", " a token of great length", "\\ufffd", "",
    ]

    @Test(arguments: [20, 30, 40, 50, 60, 80, 120, 200])
    func everyLineFitsTheTerminal(width: Int) {
        let rendered = Rendered(.table, [chunk(Self.tokens, end: true)]) {
            ($0.isTerminal, $0.width, $0.topCount) = (true, width, 4)
        }
        let lines = rendered.text.split(separator: "\n")
        #expect(lines.count == Self.tokens.count + 1)
        for line in lines where width >= 40 { #expect(Columns.count(line) <= width, "\(line)") }
    }

    @Test func columnsAreAlignedAlsoWithWideCharacters() {
        let lines = Rendered(.table, [chunk(Self.tokens, end: true)]) { ($0.isTerminal, $0.width) = (true, 120) }.text
            .split(separator: "\n")
        let starts = lines.dropFirst().map { line in
            Columns.count(line.prefix(upTo: line.firstRange(of: "-1.5000")!.lowerBound))
        }
        #expect(Set(starts).count == 1)
    }

    @Test func rowsComeWithTheirChunks() {
        let rendered = Rendered(.table, [chunk([" a"]), chunk([" b"], end: true)])
        #expect(rendered.progress.map { $0.split(separator: "\n").count } == [2, 3])
        #expect(rendered.text.split(separator: "\n")[2].hasPrefix("   1       0  \" b\""))
    }

    @Test func choicesHaveSections() {
        let rendered = Rendered(.table, [chunk(["b"], index: 1, end: true), chunk(["a"], end: true)]) {
            $0.choiceCount = 2
        }
        let lines = rendered.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(
            lines[0] == "==> choice 0 <==" && lines[2].contains("\"a\"") && lines[3] == ""
                && lines[4] == "==> choice 1 <==")
        #expect(lines[6].contains("\"b\""))
    }

    @Test func aServerWithoutLogprobsGetsRowsWithoutNumbers() {
        let rendered = Rendered(.table, [Rendered.chunk(" a"), Rendered.chunk("b", end: true)])
        #expect(
            rendered.text.split(separator: "\n").dropFirst().map {
                $0.split(separator: " ", omittingEmptySubsequences: true).last
            } == ["-", "-"])
    }
}
