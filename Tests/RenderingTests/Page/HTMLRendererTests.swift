import API
import JSON
import Logprobs
import Rendering
import Testing

@Suite("Page")
struct HTMLRendererTests {
    private let reply =
        #"{"id":"<i>","model":"m&m","choices":[{"index":0,"text":"It was","finish_reason":"stop","logprobs":{"tokens":["It"," was"],"token_logprobs":[null,-2.302585092994045],"top_logprobs":[null,{" is":-0.5108256237659907," was":-2.302585092994045}]}}],"usage":{"prompt_tokens":3,"details":{"cached":1}}}"#

    private func page(
        _ chunks: [String], isWhole: Bool = true, _ change: (inout RenderContext) -> Void = { _ in }
    ) -> String {
        Rendered(.html, chunks, isWhole: isWhole, change).text
    }

    @Test("nothing is written before the end, and then one page")
    func once() {
        let rendered = Rendered(.html, [reply])
        #expect(rendered.progress == [""])
        #expect(rendered.text.hasPrefix("<!DOCTYPE html>\n") && rendered.text.hasSuffix("</html>\n"))
    }

    @Test("a token is an element that can be focused, with its alternatives")
    func token() {
        let element = #"<span id="t0-1" class="h2" tabindex="0" aria-describedby="p0-1"> was<span class="p" id="p0-1""#
        let details = #"role="tooltip"><b><bdi>&quot; was&quot;</bdi></b> <span>10.00%, 3.32 bits, rank 2.</span>"#
        let first = #"<i style="--p:60.0%"><bdi>&quot; is&quot;</bdi> <b>60.00%</b></i>"#
        let second = #"<i class="s" style="--p:10.0%"><bdi>&quot; was&quot;</bdi> sampled <b>10.00%</b></i>"#
        let other = #"<i class="m" style="--p:30.0%">any other <b>30.00%</b></i></span></span>"#
        #expect(page([reply]).contains("\(element) \(details)\(first) \(second) \(other)"))
    }

    @Test("a token whose probability is unknown has no color, and says so")
    func null() {
        let text = page([reply])
        #expect(text.contains(#"<span id="t0-0" class="o" tabindex="0" aria-describedby="p0-0">It<span"#))
        #expect(text.contains("<span>probability unknown</span>"))
    }

    @Test("the summary, the least likely tokens, the request and the response are shown")
    func facts() {
        var request = CompletionRequest(model: Array("m".utf8), prompt: .text(Array("a<b".utf8)))
        request.set("temperature", to: .double(0.5))
        let text = page([reply]) { $0.request = request }
        let rows = [
            ("Finish reason", "stop"), ("Tokens", "2"), ("Total log probability", "-2.3026"), ("Perplexity", "10.000"),
            ("Least likely token", "<bdi>&quot; was&quot;</bdi> at 1, 10.00%"), ("Without log probability", "1"),
            ("id", "<code>&quot;&lt;i&gt;&quot;</code>"), ("usage.details.cached", "<code>1</code>"),
        ]
        for (name, value) in rows {
            #expect(text.contains("<th scope=\"row\">\(name)</th><td>\(value)</td>"), "\(name)")
        }
        #expect(text.contains("<div class=\"prompt\" lang=\"\" dir=\"auto\">a&lt;b</div>"))
        #expect(text.contains("<li>temperature <code>0.5</code></li>") && !page([reply]).contains("class=\"settings\""))
        #expect(text.contains("<title>Completion by m&amp;m</title>"))
        #expect(text.contains(##"<td>1</td><th scope="row"><a href="#t0-1">"##))
    }

    @Test("what is odd in a token's alternatives is said of the token and counted in the summary")
    func odd() {
        let chunk =
            #"{"choices":[{"index":0,"text":"It","finish_reason":"stop","logprobs":{"tokens":["It"],"token_logprobs":[-3],"top_logprobs":[{"a":-1,"a":-2}]}}]}"#
        let text = page([chunk]) { $0.topCount = 5 }
        #expect(
            text.contains(
                ", rank &gt;2, alternatives look alike, not among its alternatives, fewer alternatives than requested.")
        )
        for name in [
            "With alternatives that look alike", "Not among their alternatives",
            "With fewer alternatives than requested",
        ] {
            #expect(text.contains("<th scope=\"row\">\(name)</th><td>1</td>"), "\(name)")
        }
    }

    @Test("without log probabilities no number of tokens is made up, and the page says that none came")
    func unweighed() {
        let none = "<tr><th scope=\"row\">Log probabilities</th><td>none came</td></tr>"
        let text = page([Rendered.chunk("It was", end: true)])
        #expect(text.contains(none) && !text.contains("<th scope=\"row\">Tokens</th>"))
        #expect(!text.contains("How likely each token was"), "nothing is colored")
        let raw = page([#"{"choices":[{"index":0,"text":"","tokens":[4,5],"finish_reason":"stop"}]}"#]) {
            $0.showsTokenIDs = true
        }
        #expect(raw.contains(none) && raw.contains("<th scope=\"row\">Tokens</th><td>2</td>"))
    }

    @Test("the server's text is never markup, nor acts on the page")
    func hostile() {
        let tokens = #"<script>x</script>","</style>'\" onfocus=","\u0000\u001b","\u202ea"#
        let joined = #"<script>x</script></style>'\" onfocus=\u0000\u001b\u202ea"#
        let chunk =
            #"{"model":"</title><script>","choices":[{"index":0,"text":"\#(joined)","logprobs":{"tokens":["\#(tokens)"],"token_logprobs":[-1,-1,-1,-1]},"finish_reason":"<b>"}],"</td><i>":"</code><i>"}"#
        let text = page([chunk])
        for (element, count) in [("<script", 0), ("</style", 1), ("</title", 1), ("<b>&lt;b", 0), ("</td><i>", 0)] {
            #expect(text.components(of: element) == count, "\(element)")
        }
        #expect(text.contains("&lt;/style&gt;&#39;&quot; onfocus=<span"))
        #expect(text.contains(#"<u>\x00\x1b</u>"#) && text.contains(#"<u>\u{202e}</u>a"#))
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E })
    }

    @Test("a newline is shown and breaks the line")
    func newline() {
        let chunk = #"{"choices":[{"index":0,"text":"a\nb","finish_reason":"stop"}]}"#
        #expect(page([chunk]).contains("a<u class=\"n\">\\n</u>\nb</div>"))
    }

    @Test("a page of a response that was cut short says so; another does not")
    func cut() {
        let text = page([Rendered.chunk("It")], isWhole: false)
        #expect(text.contains("<strong>Cut short.</strong>") && text.contains("<title>Cut short: "))
        #expect(text.contains("<td>none: cut short</td>") && text.hasSuffix("</html>\n"))
        #expect(!page([reply]).contains("Cut short"))
    }

    @Test("choices stand in the order of their indices, however they came")
    func choices() {
        let chunks = [
            Rendered.chunk("b", 1), Rendered.chunk("a"), Rendered.chunk("B", 1, end: true),
            Rendered.chunk("A", end: true),
        ]
        let text = page(chunks)
        let places = [
            "<h2 id=\"c0\"", ">aA</div>", "<h2 id=\"c1\"", ">bB</div>", "<h2 id=\"summary\"",
        ].map {
            text.firstRange(of: $0)?.lowerBound
        }
        #expect(places.allSatisfy { $0 != nil } && places.compactMap(\.self) == places.compactMap(\.self).sorted())
    }

    @Test("every choice's picture has the same scale")
    func scale() {
        func chunk(_ index: Int, _ logprob: Double) -> String {
            #"{"choices":[{"index":\#(index),"text":"a","finish_reason":"stop","logprobs":{"tokens":["a"],"token_logprobs":[\#(logprob)]}}]}"#
        }
        let text = page([chunk(0, -0.1), chunk(1, -5)])
        #expect(text.components(of: "<span>8 bits</span><span>4</span>") == 2)
    }

    @Test("of several prompts, a choice's heading names the one it is of")
    func prompts() {
        let prompts = CompletionRequest(model: [], prompt: .texts([Array("a<".utf8), Array("b".utf8)]))
        let chunks = [Rendered.chunk("a", end: true), Rendered.chunk("b", 1, end: true)]
        #expect(page(chunks) { $0.choiceCount = 2 }.contains("Choice 1, prompt 1</h2>"))
        let text = page(chunks) { ($0.choiceCount, $0.request) = (2, prompts) }
        #expect(text.contains("Choice 0, prompt 0: <q>a&lt;</q></h2>"))
        #expect(page([Rendered.chunk("a", end: true)]).contains(">Choice 0</h2>"))
    }

    @Test("a stream makes the same page as the whole response")
    func streamed() {
        let parts = [
            #"{"model":"m","choices":[{"index":0,"text":"It","logprobs":{"tokens":["It"],"token_logprobs":[-1]}}]}"#,
            #"{"model":"m","choices":[{"index":0,"text":" was","finish_reason":"stop","logprobs":{"tokens":[" was"],"token_logprobs":[-3]}}]}"#,
        ]
        let whole =
            #"{"model":"m","choices":[{"index":0,"text":"It was","finish_reason":"stop","logprobs":{"tokens":["It"," was"],"token_logprobs":[-1,-3]}}]}"#
        #expect(page(parts) == Rendered(.html, [whole], isWholeReply: true).text)
    }

    @Test("an echoed prompt is dim and is not among the least likely tokens")
    func prompt() {
        var request = CompletionRequest(model: [], prompt: .text(Array("It".utf8)))
        request.set("echo", to: true)
        let text = page([reply]) { $0.echoedPrompts = EchoedPrompts(request) }
        #expect(text.contains(#"<span id="t0-0" class="q" tabindex="0""#) && !text.contains(##"href="#t0-0""##))
    }

    @Test("a response without choices makes a page that says so")
    func empty() {
        #expect(page([#"{"choices":[]}"#]).contains("<p>The response has no choices.</p>"))
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
