import Testing

@testable import Rendering

@Suite("Tab-separated table")
struct TSVRendererTests {
    private func lines(_ rendered: Rendered) -> [[Substring]] {
        rendered.text.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    }

    private func chunk(_ token: String, index: Int = 0, end: Bool = false) -> String {
        let logprobs = #"{"tokens":["\#(token)"],"token_logprobs":[-0.25],"top_logprobs":[{"\#(token)":-0.25,"x":-3}]}"#
        let reason = end ? #""stop""# : "null"
        return #"{"choices":[{"index":\#(index),"text":"","finish_reason":\#(reason),"logprobs":\#(logprobs)}]}"#
    }

    @Test("the columns have these names and this order, for good")
    func names() {
        #expect(
            lines(Rendered(.tsv, [chunk("a", end: true)])).first == [
                "prompt", "choice", "position", "offset", "id", "token", "logprob", "prob", "rank", "margin",
                "surprise", "entropy_low", "entropy_high", "missing", "total", "perplexity", "flags", "alternatives",
            ])
    }

    @Test("a cell stays a cell: tab, newline, carriage return and backslash are escaped, other text is not")
    func escapes() {
        func token(_ spelled: String) -> Substring? {
            lines(Rendered(.tsv, [chunk(spelled, end: true)]) { $0.columns = [.token, .choice] }).last?.first
        }
        #expect(token(#"\ta\n\r\\n"#) == #"\ta\n\r\\n"#)
        #expect(token(#"\u001b[31m\u0000"#) == #"\x1b[31m\x00"#)
        #expect(token(#"\u0085\u2028\u009b"#) == #"\xc2\x85\xe2\x80\xa8\xc2\x9b"#)
        #expect(token(#" \"夜👩‍🚀\" "#) == #" \x22夜👩‍🚀\x22 "#)
        let cells = lines(Rendered(.tsv, [chunk(#"\"\\"#, end: true)]) { $0.columns = [.alternatives] }).last
        #expect(cells == [#"*\x22\\\x22\\\\\x22 -0.25 \x22x\x22 -3"#])
    }

    @Test("a token that a reader would take for no value is a value")
    func words() {
        for word in ["NA", "null", "NaN", "None", "N/A", "#N/A", "-1.#IND"] {
            let cell = TSVText.escape(Array(word.utf8))
            #expect(cell == "\\x" + String(word.utf8.first ?? 0, radix: 16) + word.dropFirst())
        }
        #expect(TSVText.escape(Array("'s'".utf8)) == #"\x27s'"#)
        #expect(TSVText.escape(Array("'\u{301}".utf8)).utf8.elementsEqual("\\x27\u{301}".utf8))
        for word in ["NAN", " NA", "NAs", "Null", "inf", "-inf", "=1", "\u{301}", ""] {
            #expect(TSVText.escape(Array(word.utf8)).utf8.elementsEqual(word.utf8))
        }
    }

    @Test("bytes that are not UTF-8 can be had back")
    func bytes() {
        #expect(TSVText.escape([0xF0, 0x9F, 0x61, 0x5C]) == #"\xf0\x9fa\\"#)
    }

    @Test("choices follow each other, whatever the order in which they came, under one header")
    func choices() {
        let rendered = Rendered(.tsv, [chunk("b", index: 1, end: true), chunk("a"), chunk("c", end: true)]) {
            ($0.choiceCount, $0.columns) = (2, [.choice, .position, .token])
        }
        #expect(rendered.text == "choice\tposition\ttoken\n0\t0\ta\n0\t1\tc\n1\t0\tb\n")
        #expect(rendered.progress[1] == "choice\tposition\ttoken\n0\t0\ta\n", "the first one as it comes")
    }

    @Test("each prompt's choices carry its number, when it is known how many there are")
    func prompts() {
        func prompts(_ count: Int?) -> [Substring] {
            let chunks = (0..<4).map { chunk("a", index: $0, end: true) }
            return lines(Rendered(.tsv, chunks) { ($0.choicesPerPrompt, $0.columns) = (count, [.prompt, .choice]) })
                .dropFirst().map { $0[0] }
        }
        #expect(prompts(1) == ["0", "1", "2", "3"])
        #expect(prompts(2) == ["0", "0", "1", "1"])
        #expect(prompts(nil) == ["0", "", "", ""])
    }

    private func reasoning(_ token: String, text: String? = nil, end: Bool = false) -> String {
        let list = { (token: String) in #"{"tokens":["\#(token)"],"token_logprobs":[-0.5]}"# }
        return
            #"{"choices":[{"index":0,"text":"\#(text ?? "")","finish_reason":\#(end ? #""stop""# : "null"),"reasoning_logprobs":"#
            + list(token) + #","logprobs":\#(text.map(list) ?? "null")}]}"#
    }

    @Test("reasoning stands before the text, in a part of its own")
    func parts() {
        let streamed = Rendered(
            .tsv, [Rendered.chunk(""), reasoning("a"), reasoning("b", text: "x"), chunk("y", end: true)])
        #expect(
            lines(streamed).map { Array($0[1...3]) } == [
                ["choice", "part", "position"], ["0", "reasoning", "0"], ["0", "reasoning", "1"], ["0", "text", "0"],
                ["0", "text", "1"],
            ])
        let whole = Rendered(.tsv, [reasoning("a", text: "x", end: true)], isWholeReply: true) {
            $0.columns = [.part, .token, .total]
        }
        #expect(whole.text == "part\ttoken\ttotal\nreasoning\ta\t-0.5\ntext\tx\t-0.5\n")
    }

    @Test("the column of parts is there when any choice of the first chunk has reasoning")
    func partsOfLaterChoice() {
        let second = reasoning("a").dropFirst(#"{"choices":[{"index":0"#.count)
        let whole = Rendered(.tsv, [#"{"choices":[{"index":0,"text":"x"},{"index":1"# + second], isWholeReply: true)
        #expect(lines(whole).map { $0[2] } == ["part", "text", "reasoning"])
    }

    @Test("reasoning that comes after the text's first tokens is reported by its flag")
    func lateReasoning() {
        let late = lines(Rendered(.tsv, [chunk("q"), reasoning("a", text: "y", end: true)]))
        #expect(
            late[0].firstIndex(of: "part") == nil && late.map { $0[$0.count - 2] } == ["flags", "", "reasoning", ""])
    }

    @Test("numbers are the shortest that read back the same; what is not known is empty")
    func numbers() {
        let reply =
            #"{"choices":[{"index":0,"text":"","finish_reason":"stop","logprobs":{"tokens":["a","b"],"token_logprobs":[-3.3912997245788574,null]}}]}"#
        let rendered = Rendered(.tsv, [reply], isWholeReply: true) {
            $0.columns = [.logprob, .prob, .rank, .total, .flags]
        }
        #expect(
            lines(rendered).dropFirst() == [
                ["-3.3912997245788574", "0.03366489336311807", "", "-3.3912997245788574", ""],
                ["", "", "", "-3.3912997245788574", "null"],
            ])
    }

    @Test("a response without choices still has its header, and one that was truncated what came")
    func ends() {
        let columns: (inout RenderContext) -> Void = { $0.columns = [.token] }
        #expect(Rendered(.tsv, [#"{"choices":[]}"#], isWholeReply: true, columns).text == "token\n")
        #expect(Rendered(.tsv, [chunk("a")], isWhole: false, columns).text == "token\na\n")
    }
}
