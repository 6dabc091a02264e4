import API
import JSON
import Testing

@Suite("Completion request")
struct CompletionRequestTests {
    private func request(_ prompt: CompletionRequest.Prompt = .text(Array("p".utf8))) -> CompletionRequest {
        CompletionRequest(model: Array("m".utf8), prompt: prompt)
    }

    private func body(_ request: CompletionRequest) -> String {
        String(decoding: request.body.jsonBytes, as: UTF8.self)
    }

    @Test("model and prompt, and no field that was not set")
    func leastBody() {
        #expect(body(request()) == #"{"model":"m","prompt":"p"}"#)
    }

    @Test("the four forms of a prompt")
    func prompts() {
        let texts = [Array("a\n".utf8), Array("é\"".utf8), []]
        #expect(body(request(.texts(texts))) == #"{"model":"m","prompt":["a\n","é\"",""]}"#)
        #expect(body(request(.tokens([1, 22, 0]))) == #"{"model":"m","prompt":[1,22,0]}"#)
        #expect(body(request(.tokenLists([[1], [], [2, 3]]))) == #"{"model":"m","prompt":[[1],[],[2,3]]}"#)
        #expect(body(request(.text([]))) == #"{"model":"m","prompt":""}"#)
    }

    @Test("fields come in the order set, each once, with its last value")
    func fields() {
        var request = request()
        request.set("temperature", to: .double(0.2))
        request.set("max_tokens", to: 100)
        request.set("stop", to: ["\n\n", "x"])
        request.set("temperature", to: 0)
        request.set("stream", to: true)
        #expect(
            body(request)
                == #"{"model":"m","prompt":"p","temperature":0,"max_tokens":100,"stop":["\n\n","x"],"stream":true}"#)
        #expect(request["seed"] == nil && request["stream"] != nil)
    }

    @Test("as many choices are to be expected as prompts times n")
    func choiceCount() {
        let prompts: [(CompletionRequest.Prompt, Int)] = [
            (.text([]), 1), (.texts([[], [], []]), 3), (.tokens([1, 2, 3]), 1), (.tokenLists([[1], [2]]), 2),
        ]
        for (prompt, count) in prompts {
            var request = request(prompt)
            #expect(request.choiceCount == count)
            request.set("n", to: 4)
            #expect(request.choiceCount == 4 * count)
        }
    }

    @Test("what was requested is known: log probabilities, raw tokens")
    func asked() {
        var request = request()
        #expect(request.topCount == nil && !request.returnsRawTokens)
        request.set("logprobs", to: 0)
        request.set("return_raw_tokens", to: true)
        #expect(request.topCount == 0 && request.returnsRawTokens)
        request.set("return_raw_tokens", to: false)
        #expect(!request.returnsRawTokens)
    }

    @Test("what was requested as JSON is known as well")
    func askedAsJSON() throws {
        func document(_ text: String) throws -> JSONValue { .document(try JSONDocument(parsing: Array(text.utf8))) }
        var request = request(.texts([[], []]))
        request.set("logprobs", to: try document("3"))
        request.set("return_raw_tokens", to: try document("true"))
        request.set("n", to: try document("2"))
        #expect(request.topCount == 3 && request.returnsRawTokens && request.choiceCount == 4)
        request.set("logprobs", to: try document("-5"))
        request.set("return_raw_tokens", to: try document("null"))
        request.set("n", to: try document("9223372036854775807"))
        #expect(request.topCount == 0 && !request.returnsRawTokens && request.choiceCount == .max)
    }
}
