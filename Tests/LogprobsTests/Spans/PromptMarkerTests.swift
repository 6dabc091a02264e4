import API
import JSON
import Testing

@testable import Logprobs

@Suite("Telling the prompt from the completion")
struct PromptMarkerTests {
    /// The spans' texts, those of the prompt between angle brackets.
    private func mark(_ prompt: CompletionRequest.Prompt, _ texts: [String], choice: Int = 0, n: Int? = nil) -> String {
        var request = CompletionRequest(model: [], prompt: prompt)
        request.set("echo", to: true)
        if let n { request.set("n", to: .integer(n)) }
        var marker = PromptMarker(EchoedPrompts(request)[choice])
        let tokens = Tokens.read(#"{"tokens":["x"],"token_logprobs":[-1]}"#)
        let spans = texts.map { TextSpan(text: Array($0.utf8), tokens: tokens) }
        return marker.mark(spans).map { span in
            let text = String(decoding: span.text, as: UTF8.self)
            return span.isPrompt ? "<\(text)>" : text
        }.joined()
    }

    @Test("the prompt is what comes back of its text")
    func text() {
        #expect(mark(.text(Array("It was".utf8)), ["It", " was", " a", " was"]) == "<It>< was> a was")
    }

    @Test("a server that does not give it back has none")
    func ignored() {
        #expect(mark(.text(Array("It was".utf8)), [" a", "It", " was"]) == " aIt was")
    }

    @Test("a prompt of token IDs is counted")
    func tokens() {
        #expect(mark(.tokens([1, 2]), ["It", " was", " a"]) == "<It>< was> a")
    }

    @Test("each choice has its own prompt, several in a row with n")
    func choices() {
        let prompts = CompletionRequest.Prompt.texts([Array("a".utf8), Array("b".utf8)])
        #expect(mark(prompts, ["b", "c"], choice: 1) == "<b>c")
        #expect(mark(prompts, ["a", "c"], choice: 1, n: 2) == "<a>c")
        #expect(mark(prompts, ["b", "c"], choice: 3, n: 2) == "<b>c")
        #expect(mark(prompts, ["b", "c"], choice: 4, n: 2) == "bc")
    }

    @Test("text without tokens is split where the prompt ends")
    func unweighed() {
        var request = CompletionRequest(model: [], prompt: .text(Array("It".utf8)))
        request.set("echo", to: true)
        var marker = PromptMarker(EchoedPrompts(request)[0])
        let spans = marker.mark([TextSpan(text: Array("It was".utf8), tokens: [])])
        #expect(spans.map(\.isPrompt) == [true, false] && spans.last?.text == Array(" was".utf8))
    }

    @Test("nothing is marked unless the prompt was to come back")
    func noEcho() {
        let request = CompletionRequest(model: [], prompt: .text(Array("It".utf8)))
        #expect(EchoedPrompts(request).isEmpty && EchoedPrompts(request)[0] == nil)
    }
}
