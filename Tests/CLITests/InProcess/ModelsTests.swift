import Testing

@testable import CLI
@testable import HTTP

@Suite("models, in process")
struct ModelsTests {
    private func trial(_ scripts: [ServerAct]...) throws -> CommandTrial {
        let trial = try scripts.count == 1 ? CommandTrial(scripts[0]) : CommandTrial()
        trial.environment["XDG_CACHE_HOME"] = trial.path("cache")
        return trial
    }

    @Test("the list is a table, is asked for with the key, and is remembered")
    func list() throws {
        let trial = try trial(.whole(#"{"data":[{"id":"b","owned_by":"x"},{"id":"a"}]}"#))
        let outcome = try trial.run("models")
        #expect(outcome.status == .done && outcome.output.contains("\nb ") && outcome.error.isEmpty)
        #expect(outcome.requests[0].method == "GET" && outcome.requests[0].url == "https://api.cerebras.ai/v1/models")
        #expect(outcome.requests[0].headers.contains(Header("Authorization", "Bearer test-key")))
        #expect(try trial.read("cache/cerebras/models") == "b\na\n")
    }

    @Test("--json prints what was received, with a newline at its end")
    func json() throws {
        let body = #"{"data": [{"id":"a"}]}"#
        #expect(try trial(.whole(body)).run("models", "--json").output == body + "\n")
    }

    @Test("the public catalog is asked without a key, and its prices give costs")
    func catalog() throws {
        let body = #"{"data":[{"id":"m","pricing":{"prompt":"0.001","completion":"0.002"}}]}"#
        let trial = try trial(.whole(body))
        let outcome = try trial.run("models", "--public")
        #expect(outcome.status == .done && !outcome.requests[0].headers.contains { $0.name == "Authorization" })
        let complete = try CommandTrial(
            .whole(
                #"{"choices":[{"index":0,"text":"a","finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#
            ))
        complete.environment["XDG_CACHE_HOME"] = trial.path("cache")
        #expect(try complete.run("complete", "x", "-m", "m", "--usage").error.contains("; cost $0.0050; "))
    }

    @Test("one model is asked for by its ID, percent-encoded, and does not change what is remembered")
    func one() throws {
        let trial = try trial(.whole(#"{"id":"my model?","object":"model"}"#))
        let outcome = try trial.run("models", "my model?")
        #expect(outcome.requests[0].url == "https://api.cerebras.ai/v1/models/my%20model%3F")
        #expect(outcome.output == "id\nmy model?\n")
        #expect(throws: (any Error).self) { try trial.read("cache/cerebras/models") }
    }

    @Test("an address where nothing is gets a hint that names it")
    func notFound() throws {
        let body = #"{"message":"Not Found"}"#
        let list = try trial(.whole(body, status: 404)).run("models")
        #expect(list.status == .refused)
        #expect(list.error.hasSuffix("hint: requested https://api.cerebras.ai/v1/models; check --base-url\n"))
        let one = try trial(.whole(body, status: 404)).run("models", "x")
        #expect(one.error.contains("/v1/models/x; check the ID and --base-url; "))
    }

    @Test("arguments that can't be meant send nothing")
    func refused() throws {
        for words in [["a", "b"], [".."], ["a", "--layout", "openrouter"]] {
            let outcome = try trial().run(["models"] + words)
            #expect(outcome.status == .usage && outcome.requests.isEmpty, "\(words)")
        }
    }

    @Test("a response that is not a list of models is a server error")
    func notModels() throws {
        let page = try trial(.whole("<html><body>Hello</body></html>")).run("models")
        #expect(page.status == .server && page.error.hasPrefix("cerebras: the server sent a web page"))
        let other = try trial(.whole(#"{"a":1}"#)).run("models")
        #expect(other.status == .server && other.error.hasPrefix("cerebras: the response is not a list of models: "))
    }
}
