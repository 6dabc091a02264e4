import Rendering
import Testing

@Suite("Markdown table")
struct MarkdownRendererTests {
    /// A chunk with one token, its log probability, and itself and another as alternatives.
    private func chunk(_ token: String, _ index: Int = 0, end: Bool = false) -> String {
        let logprobs = #"{"tokens":["\#(token)"],"token_logprobs":[-0.25],"top_logprobs":[{"x":-3,"\#(token)":-0.25}]}"#
        let reason = end ? #""stop""# : "null"
        return #"{"choices":[{"index":\#(index),"text":"","finish_reason":\#(reason),"logprobs":\#(logprobs)}]}"#
    }

    private func lines(_ rendered: Rendered) -> [Substring] {
        rendered.text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    private static let header = "| position | token | logprob | prob | rank | alternatives |"
    private static let rule = "| ---: | --- | ---: | ---: | ---: | --- |"
    private static let figures = "tokens 1, mean log probability -0.2500, perplexity 1.2840, finish reason `stop`"

    @Test("a header, a rule, a row for each token, and a line of figures")
    func table() {
        #expect(
            lines(Rendered(.markdown, [chunk(" a", end: true)])) == [
                Self.header[...], Self.rule[...],
                #"| 0 | `" a"` | -0.2500 | 77.88% | 1 | **`" a"` 77.88%**, `"x"` 4.98% |"#, "", Self.figures[...], "",
            ])
    }

    @Test("columns are the chosen ones in their order, numbers to the right")
    func columns() {
        let rendered = Rendered(.markdown, [chunk("a", end: true)]) {
            $0.columns = [.alternatives, .rank, .bar, .flags]
        }
        #expect(
            lines(rendered).prefix(3) == [
                "| alternatives | rank | bar | flags |", "| --- | ---: | --- | --- |",
                #"| **`"a"` 77.88%**, `"x"` 4.98% | 1 | ██████▎ |  |"#,
            ])
    }

    @Test(
        "a token is a quoted code span on one line, with nothing in it that parts or ends its cell",
        arguments: [
            (#"|"#, #"`"\|"`"#), (#"\\|"#, #"`"\\\|"`"#), ("`", "``\"`\"``"), (#"``\n"#, "`\"``\\n\"`"),
            ("  ", "`\"  \"`"), ("", "`\"\"`"), (#"<!--<b>"#, "`\"<!--<b>\"`"), (#"\u001b[2J"#, #"`"\x1b[2J"`"#),
            (#"\r\u2028\u202e"#, #"`"\r\u{2028}\u{202e}"`"#), (#"|\u0301"#, "`\"\\|\u{301}\"`"),
            ("@octocat #1 **a**", "`\"@octocat #1 **a**\"`"),
        ])
    func tokens(spelled: String, cell: String) {
        let rendered = Rendered(.markdown, [chunk(spelled, end: true)]) { $0.columns = [.choice, .token] }
        #expect(lines(rendered)[2].utf8.elementsEqual("| 0 | \(cell) |".utf8), "\(lines(rendered)[2])")
    }

    @Test("rows come with their chunks, and the figures with the end")
    func streaming() {
        let rendered = Rendered(.markdown, [chunk("a"), Rendered.chunk(""), chunk("b", end: true)])
        #expect(rendered.progress.map { $0.split(separator: "\n").count } == [3, 3, 5])
    }

    @Test("several choices stand under headings in their order, whatever the order in which they came")
    func choices() {
        let rendered = Rendered(
            .markdown, [chunk("b", 1), chunk("a"), chunk("c", 1, end: true), chunk("d", end: true)]
        ) { ($0.choiceCount, $0.choicesPerPrompt, $0.columns) = (2, 2, [.token]) }
        let text = lines(rendered)
        #expect(text.prefix(6) == ["### Choice 0", "", "| token |", "| --- |", #"| `"a"` |"#, #"| `"d"` |"#])
        #expect(text[6] == "" && text[7].hasPrefix("tokens 2, ") && text[8] == "")
        #expect(text[9...14] == ["### Choice 1", "", "| token |", "| --- |", #"| `"b"` |"#, #"| `"c"` |"#])
    }

    @Test("of several prompts a heading names the choice's own")
    func prompts() {
        let chunks = (0...1).map { chunk("a", $0, end: true) }
        let headings = lines(Rendered(.markdown, chunks) { ($0.choiceCount, $0.choicesPerPrompt) = (2, 1) })
            .filter { $0.hasPrefix("#") }
        #expect(headings == ["### Choice 0, prompt 0", "### Choice 1, prompt 1"])
    }

    @Test("a NUL after each choice stands in place of headings")
    func nul() {
        let rendered = Rendered(.markdown, [chunk("a", end: true), chunk("b", 1, end: true)]) { $0.separator = .nul }
        let parts = rendered.text.split(separator: "\0", omittingEmptySubsequences: false)
        #expect(parts.count == 3 && parts[2] == "" && parts[0].hasPrefix("| pos") && parts[1].hasPrefix("| pos"))
    }

    @Test("tokens after a choice's end have a table of their own")
    func late() {
        let rendered = Rendered(.markdown, [chunk("a", end: true), chunk("b")]) { $0.columns = [.token] }
        #expect(lines(rendered)[3...8] == ["", Self.figures[...], "", "| token |", "| --- |", #"| `"b"` |"#])
    }
}

extension MarkdownRendererTests {
    @Test("text without log probabilities is a row without numbers")
    func noLogprobs() {
        let rendered = Rendered(.markdown, [Rendered.chunk("a|b"), Rendered.chunk("", end: true)])
        #expect(
            lines(rendered)[2...] == [
                #"| 0 | `"a\|b"` | - | - | - |  |"#, "", "no log probabilities, finish reason `stop`", "",
            ])
    }

    @Test("a token without a log probability is counted apart")
    func nulls() {
        let reply =
            #"{"choices":[{"index":0,"text":"ab","finish_reason":"length","logprobs":{"tokens":["a","b"],"token_logprobs":[null,-1]}}]}"#
        let text = lines(Rendered(.markdown, [reply], isWholeReply: true))
        #expect(text[2] == #"| 0 | `"a"` | null | - | - |  |"#)
        #expect(
            text[5] == "tokens 2 (1 null), mean log probability -1.0000, perplexity 2.7183, finish reason `length`")
    }

    @Test("token IDs that were asked for stand for the tokens, and are no issues' numbers")
    func tokenIDs() {
        let reply = #"{"choices":[{"index":0,"text":"","tokens":[7,22],"finish_reason":"stop"}]}"#
        let rendered = Rendered(.markdown, [reply], isWholeReply: true) {
            ($0.showsTokenIDs, $0.columns) = (true, [.id, .token])
        }
        #expect(lines(rendered)[2...3] == ["| 7 | `#7` |", "| 22 | `#22` |"])
        #expect(lines(rendered)[5] == "tokens 2, no log probabilities, finish reason `stop`")
    }

    @Test("what was truncated says so, and a choice without tokens has no table")
    func ends() {
        #expect(lines(Rendered(.markdown, [chunk("a")], isWhole: false))[4].hasSuffix("finish reason none: cut short"))
        #expect(Rendered(.markdown, [Rendered.chunk("")]).text == "no log probabilities, finish reason none\n")
        #expect(Rendered(.markdown, [#"{"choices":[]}"#], isWholeReply: true).text == "")
    }

    @Test("a finish reason is code, whatever it is")
    func reasons() {
        func line(_ reason: String) -> Substring? {
            let reply = #"{"choices":[{"index":0,"text":"","finish_reason":"\#(reason)"}]}"#
            return lines(Rendered(.markdown, [reply], isWholeReply: true)).first
        }
        #expect(line("content_filter") == "no log probabilities, finish reason `content_filter`")
        #expect(line(#"a|`\n<b>"#) == #"no log probabilities, finish reason ``"a|`\n<b>"``"#)
    }
}
