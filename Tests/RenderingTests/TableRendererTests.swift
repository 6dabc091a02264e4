import Testing

@testable import Rendering

@Suite("Table")
struct TableRendererTests {
    /// A choice with one token for each text, all with the same numbers.
    private func chunk(_ tokens: [String], index: Int = 0, end: Bool = false) -> String {
        let names = tokens.map { "\"\($0)\"" }
        let tops = names.map { #"{"x":-0.25,\#($0):-1.5,"夜":-3,"👨‍👩‍👧":-4}"# }.joined(separator: ",")
        let values = tokens.map { _ in "-1.5" }.joined(separator: ",")
        let offsets = tokens.indices.map { String($0) }.joined(separator: ",")
        let logprobs =
            #"{"tokens":[\#(names.joined(separator: ","))],"token_logprobs":[\#(values)],"top_logprobs":[\#(tops)],"#
            + #""text_offset":[\#(offsets)]}"#
        let reason = end ? #""stop""# : "null"
        return #"{"choices":[{"index":\#(index),"text":"","finish_reason":\#(reason),"logprobs":\#(logprobs)}]}"#
    }

    /// The lines before a choice's figures.
    private func rows(_ text: String) -> [Substring] {
        Array(text.split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.isEmpty })
    }

    private static let tokens = [
        " a", "夜", "夜に", "한글", "👩‍🚀", "🇩🇪🇫🇷", "❤️", "e\\u0301", "\\u0301", "\\n", "\\u001b[31m", "\\u202e",
        " a token of great length that no column holds", "夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜夜", "\\ufffd", "",
    ]

    @Test("every line fits the terminal, whatever the tokens are", arguments: 40...140)
    func widths(width: Int) {
        let rendered = Rendered(.table, [chunk(Self.tokens, end: true)]) {
            ($0.isTerminal, $0.width, $0.topCount) = (true, width, 4)
        }
        #expect(rows(rendered.text).count == Self.tokens.count + 1)
        for line in rendered.text.split(separator: "\n") { #expect(Columns.count(line) <= width, "\(line)") }
    }

    @Test("a terminal too narrow for any table still gets its rows", arguments: [1, 10, 20, 30])
    func narrow(width: Int) {
        let rendered = Rendered(.table, [chunk(Self.tokens, end: true)]) { ($0.isTerminal, $0.width) = (true, width) }
        #expect(rows(rendered.text).count == Self.tokens.count + 1)
    }

    @Test("columns are aligned, also with wide and combining characters", arguments: [40, 60, 80, 120])
    func alignment(width: Int) {
        let table = Rendered(.table, [chunk(Self.tokens, end: true)]) { ($0.isTerminal, $0.width) = (true, width) }
        let lines = rows(table.text)
        let starts = lines.dropFirst().compactMap { line in
            line.firstRange(of: "22.31%").map { Columns.count(line[..<$0.lowerBound]) }
        }
        #expect(starts.count == Self.tokens.count && Set(starts).count == 1)
    }

    @Test("to a pipe a long token is whole, and its row as long as it must be")
    func longTokens() {
        let lines = Rendered(.table, [chunk(Self.tokens, end: true)]).text.split(separator: "\n")
        #expect(lines[13].contains("\" a token of great length that no column holds\"  "))
        #expect(lines.allSatisfy { !$0.contains("…") })
    }

    @Test("rows come with their chunks, and count on")
    func streaming() {
        let rendered = Rendered(.table, [chunk([" a"]), chunk([]), chunk([" b"], end: true)])
        #expect(rendered.progress.map { rows($0).count } == [2, 2, 3])
        #expect(rendered.text.split(separator: "\n")[2].hasPrefix("   1       0  \" b\""))
    }

    @Test("several choices have sections, each with its heading and header, in the order of the choices")
    func sections() {
        let rendered = Rendered(.table, [chunk(["b"], index: 1, end: true), chunk(["a"], end: true)]) {
            $0.choiceCount = 2
        }
        let lines = rendered.text.split(separator: "\n", omittingEmptySubsequences: false)
        let second = lines.lastIndex { $0.hasPrefix("==>") } ?? 0
        #expect(lines[0] == "==> choice 0 <==" && lines[1].hasPrefix(" pos") && lines[2].contains("\"a\""))
        #expect(lines[3] == "" && lines[4] == "tokens         1" && lines[second - 1] == "")
        #expect(lines[second] == "==> choice 1 <==" && lines[second + 1] == lines[1])
        #expect(lines[second + 2].contains("\"b\"") && lines[second + 4] == lines[4])
    }

    @Test("a server without log probabilities gets rows without numbers")
    func noLogprobs() {
        let rendered = Rendered(.table, [Rendered.chunk(" a"), Rendered.chunk("b\\n", end: true)])
        #expect(
            rows(rendered.text).dropFirst().map { $0.split(separator: " ").prefix(4).joined(separator: " ") }
                == [#"0 - " a""#, #"1 - "b\n" -"#])
        #expect(rendered.text.hasSuffix("\n\nno log probabilities came\nfinish reason  stop\n"))
    }

    @Test("token IDs that were asked for stand for the tokens")
    func tokenIDs() {
        let reply = #"{"choices":[{"index":0,"text":"","tokens":[7,22],"finish_reason":"stop"}]}"#
        let lines = Rendered(.table, [reply], isWholeReply: true) { $0.showsTokenIDs = true }.text.split(
            separator: "\n")
        #expect(lines[1...2].map { $0.split(separator: " ")[3] } == ["#7", "#22"])
        #expect(lines[3] == "tokens         2")
    }
}
