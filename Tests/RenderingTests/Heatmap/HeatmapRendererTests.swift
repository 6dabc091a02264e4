import API
import Rendering
import Testing

@Suite("Heatmap")
struct HeatmapRendererTests {
    private let color = ColorSupport(depth: .basic, hasAttributes: true)
    private let legend = "probability: 50-100% [10-50%] [[1-10%]] [[[<1%]]] {unknown}\n\n"

    /// A chunk with a token for each text; the log probability null where it is nil.
    private func chunk(_ tokens: [(String, Double?)], _ index: Int = 0, end: Bool = false) -> String {
        let texts = tokens.map { "\"\($0.0)\"" }.joined(separator: ",")
        let values = tokens.map { $0.1.map { "\($0)" } ?? "null" }.joined(separator: ",")
        let text = tokens.map(\.0).joined()
        let reason = end ? "\"stop\"" : "null"
        return
            #"{"choices":[{"index":\#(index),"text":"\#(text)","finish_reason":\#(reason),"logprobs":{"tokens":[\#(texts)],"token_logprobs":[\#(values)]}}]}"#
    }

    /// What follows the legend, of one response to a pipe.
    private func plain(_ tokens: [(String, Double?)], _ change: (inout RenderContext) -> Void = { _ in }) -> String {
        let rendered = Rendered(.heatmap, [chunk(tokens, end: true)], isWholeReply: true, change)
        return String(rendered.text.drop { $0 != "\n" }.dropFirst(2))
    }

    @Test("in a pipe, brackets show how unlikely a token was; the newline at the end is the program's")
    func brackets() {
        let tokens: [(String, Double?)] = [
            ("It", -0.1), (" was", -1), (" a", -3), (" dark", -6), (" ", -1), ("!", -0.2),
        ]
        #expect(Rendered(.heatmap, [chunk(tokens, end: true)]).text == legend + "It [was] [[a]] [[[dark]]][ ]!\n")
    }

    @Test("what the server did not weigh stands between braces, as one")
    func unknown() {
        #expect(plain([("a", nil), ("b", nil), ("c", -0.1)]) == "{ab}c\n")
        #expect(Rendered(.heatmap, [Rendered.chunk("ab"), Rendered.chunk("c", end: true)]).text == legend + "{abc}\n")
    }

    @Test("marks in the text itself are escaped, so that none can be mistaken for the program's")
    func escaping() {
        #expect(plain([(#"[a]{b}\\"#, -0.1), ("[", -1)]) == #"\[a\]\{b\}\\[\[]"# + "\n")
    }

    @Test("a newline is reported and breaks the line, outside of any mark")
    func newlines() {
        #expect(plain([(#"a\n\nb"#, -0.1), (#"\n"#, -1), ("c", -0.1)]) == "a\\n\n\\n\nb[\\n]\nc\n")
        let colored = Rendered(.heatmap, [chunk([(#"a\nb\n"#, -0.5)], end: true)]) { $0.color = color }
        #expect(colored.text.hasSuffix("\n\u{1B}[103;30ma\\n\u{1B}[0m\n\u{1B}[103;30mb\\n\u{1B}[0m\n"))
    }

    @Test("what a terminal would act on is spelled out", arguments: [false, true])
    func hostile(isColored: Bool) {
        let text = #"\u001b[31m\u0000\u0007\r\t\u202e\u2066\u009b"#
        let rendered = Rendered(.heatmap, [chunk([(text, -0.5)], end: true)]) { context in
            if isColored { context.color = color }
        }
        let bracket = isColored ? "[" : #"\["#
        let expected = #"\x1b\#(bracket)31m\x00\x07\r\t\u{202e}\u{2066}\u{9b}"#
        #expect(rendered.text.contains(isColored ? "\u{1B}[103;30m\(expected)\u{1B}[0m" : expected))
    }

    @Test("in color, a token stands on its probability's background, one above 90 % on none; an unknown one is dim")
    func colors() {
        let tokens: [(String, Double?)] = [("It", -0.1), (" was", -0.5), (" a", -6), (" b", nil)]
        let rendered = Rendered(.heatmap, [chunk(tokens, end: true)]) { $0.color = color }
        #expect(
            rendered.text.hasSuffix("\n\nIt\u{1B}[103;30m was\u{1B}[0m\u{1B}[41;97m a\u{1B}[0m\u{1B}[2m b\u{1B}[0m\n"))
        #expect(rendered.text.hasPrefix("probability 90-100% \u{1B}[103;30m 50-90% \u{1B}[0m"))
    }

    @Test("a terminal without color underlines what has brackets")
    func underline() {
        let rendered = plain([("It", -0.1), (" was", -1)]) {
            $0.color = ColorSupport(depth: .none, hasAttributes: true)
        }
        #expect(rendered == "It \u{1B}[4m[was]\u{1B}[0m\n")
    }

    @Test("a token is written as soon as it came")
    func live() {
        let rendered = Rendered(
            .heatmap, [chunk([("It", -0.1)]), chunk([(" was", -1)]), chunk([(".", -0.1)], end: true)])
        #expect(rendered.progress == [legend + "It", legend + "It [was]", legend + "It [was]."])
        #expect(rendered.text == legend + "It [was].\n")
    }

    @Test("choices that come interleaved stand in order under headings")
    func choices() {
        let chunks = [
            chunk([("b", -1)], 1), chunk([("a", -0.1)]), chunk([("B", nil)], 1, end: true),
            chunk([("A", -6)], end: true),
        ]
        let rendered = Rendered(.heatmap, chunks) { $0.choiceCount = 2 }
        #expect(rendered.text == legend + "==> choice 0 <==\na[[[A]]]\n\n==> choice 1 <==\n[b]{B}\n")
    }

    @Test("choices that a program takes apart have no legend")
    func separated() {
        let chunks = [chunk([("a", -1)], end: true), chunk([("b", -0.1)], 1, end: true)]
        #expect(Rendered(.heatmap, chunks) { $0.separator = .nul }.text == "[a]\0b\0")
    }

    @Test("a truncated response ends where it was cut, its brace closed")
    func cut() {
        #expect(Rendered(.heatmap, [chunk([("a", nil)])], isWhole: false).text == legend + "{a}\n")
    }

    @Test("nothing is written of a response without choices")
    func empty() {
        #expect(Rendered(.heatmap, [#"{"choices":[]}"#]).text.isEmpty)
    }

    @Test("the server that sent token IDs has them shown")
    func ids() {
        let reply = #"{"choices":[{"index":0,"text":"","tokens":[12,7],"finish_reason":"stop"}]}"#
        #expect(Rendered(.heatmap, [reply]) { $0.showsTokenIDs = true }.text == legend + "{#12 #7 }\n")
    }

    @Test("token IDs whose probabilities are known, and not their texts, are weighed")
    func weighedIDs() {
        let reply =
            #"{"choices":[{"index":0,"text":"","tokens":[12,7],"logprobs":{"token_logprobs":[-0.1,-3]},"finish_reason":"stop"}]}"#
        #expect(Rendered(.heatmap, [reply]) { $0.showsTokenIDs = true }.text == legend + "#12 [[#7 ]]\n")
    }

    @Test("forks are listed: where another token had at least half the probability, the closest five")
    func forks() {
        func token(_ text: String, _ logprob: Double, _ other: Double) -> String {
            #"{"token":"\#(text)","logprob":\#(logprob),"top_logprobs":[{"token":"\#(text)","logprob":\#(logprob)},"#
                + #"{"token":"o","logprob":\#(other)}]}"#
        }
        func forks(_ tokens: [String]) -> String {
            let content = tokens.joined(separator: ",")
            let reply = #"{"choices":[{"text":"","finish_reason":"stop","logprobs":{"content":[\#(content)]}}]}"#
            let text = Rendered(.heatmap, [reply]).text
            return text.firstRange(of: "forks").map { String(text[$0.lowerBound...]) } ?? ""
        }
        let title = "forks (another token was at least half as likely): sampled | alternative\n"
        #expect(forks([token("a", -0.1, -2.5), token("b", -1, -1.7)]).isEmpty)
        #expect(
            forks([token("a", -0.1, -2.5), token(" when", -1.6, -1.1)])
                == title + "  1  \" when\" 20% | \"o\" 33%\n\n\\(token\\): not in the text\n"
        )
        let many = forks((0..<7).map { token("t\($0)", -1.5, $0 == 0 || $0 == 3 ? -2 : -1.4) })
        #expect(many.hasPrefix("forks (5 of 7; another") && !many.contains("\"t0\"") && !many.contains("\"t3\""))
    }

    @Test("a fork names the character that its token is a part of")
    func forksOfParts() {
        let reply =
            #"{"choices":[{"text":"é","finish_reason":"stop","logprobs":{"tokens":["\ufffd","\ufffd"],"token_logprobs":[-1,-0.1],"top_logprobs":[{"\ufffd":-1,"a":-1.1},null]}}]}"#
        let text = Rendered(.heatmap, [reply]).text
        #expect(text.contains(#"  0  part of "é" 37% | "a" 33%"#), "\(text)")
    }

    @Test("the legend fits the terminal's width, if need be on several lines", arguments: [20, 40, 63, 80])
    func width(columns: Int) {
        let rendered = Rendered(.heatmap, [chunk([("a", -1)], end: true)]) { context in
            context.color = color
            context.width = columns
        }
        let plain = rendered.text.split(separator: "\u{1B}").map { part in
            part.first == "[" ? part.drop { $0 != "m" }.dropFirst() : part
        }.joined()
        let legend = plain.prefix(upTo: plain.firstRange(of: "\n\n")?.lowerBound ?? plain.endIndex)
        #expect(legend.split(separator: "\n").allSatisfy { $0.count <= columns }, "\(legend)")
        #expect(
            legend.split { $0 == " " || $0 == "\n" } == [
                "probability", "90-100%", "50-90%", "10-50%", "1-10%", "<1%", "unknown",
            ])
    }
}
