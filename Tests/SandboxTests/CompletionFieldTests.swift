import Foundation
import JSON
import Testing

@testable import Sandbox

@Suite("Completion fields")
struct CompletionFieldTests {
    private let api = AskedAPI()

    @Test("The end of the text is listed among the likeliest tokens by its name")
    func endOfText() throws {
        let api = AskedAPI(LanguageModel(corpus: Array("one two".utf8)))
        let choice = try api.choice(#""prompt":"one two","min_tokens":1,"max_tokens":1,"logprobs":1"#)
        let top = try #require(choice["logprobs"]?.list("top_logprobs").first)
        #expect(top.members.map(\.key.string).first == "<|endoftext|>")
        #expect(choice["text"]?.string?.contains("endoftext") == false)
    }

    @Test("min_tokens keeps the text from ending by itself")
    func minTokens() throws {
        let api = AskedAPI(LanguageModel(corpus: Array("one two".utf8)))
        #expect(try api.choice(#""prompt":"one","temperature":0"#)["text"]?.string == " two")
        let reply = try #require(try api.documents(#""prompt":"one","temperature":0,"min_tokens":5"#).first)
        #expect(try #require(reply["usage"]?["completion_tokens"]?.integer) >= 5)
    }

    @Test("Without max_tokens a text that does not end fills the context")
    func context() throws {
        let api = AskedAPI(LanguageModel(corpus: Array("one two".utf8)))
        let reply = try #require(
            try api.documents(#""prompt":"one","min_tokens":-1,"temperature":0"#).first)
        #expect(reply["usage"]?["total_tokens"]?.integer == APIHandler.contextLength)
        #expect(reply.list("choices").first?["finish_reason"]?.string == "length")
    }

    @Test("Choices of one prompt differ, and are the same again with the same seed")
    func severalChoices() throws {
        let ask = #""prompt":"It was","n":4,"max_tokens":12,"seed":3"#
        let texts = try api.choices(ask).map { $0["text"]?.string }
        #expect(texts.count == 4 && Set(texts).count > 1)
        #expect(try api.choices(ask).map { $0["text"]?.string } == texts)
    }

    @Test("best_of sends the likeliest of the candidates, and usage counts them all")
    func bestOf() throws {
        let ask = #""prompt":"It was","max_tokens":12,"min_tokens":12,"logprobs":0,"seed":3"#
        func mean(_ choice: JSONView) -> Double {
            let values = choice["logprobs"]?.list("token_logprobs").compactMap(\.double) ?? []
            return values.reduce(0, +) / Double(max(values.count, 1))
        }
        let all = try api.choices(ask + #","n":5"#)
        let reply = try #require(try api.documents(ask + #","best_of":5"#).first)
        let best = try #require(reply.list("choices").first)
        #expect(reply.list("choices").count == 1 && best["index"]?.integer == 0)
        #expect(mean(best) == all.map(mean).max())
        #expect(reply["usage"]?["completion_tokens"]?.integer == 60)
    }

    @Test("Log probabilities are the model's own at any temperature", arguments: [0, 0.3, 2])
    func ownLogprobs(temperature: Double) throws {
        let model = ModelTests.model
        let choice = try api.choice(
            #""prompt":"It was","max_tokens":1,"logprobs":0,"seed":1,"return_raw_tokens":true,"min_tokens":1,"#
                + #""temperature":\#(temperature)"#)
        let token = try #require(choice.list("tokens").first?.integer)
        let own = model.distribution(after: model.tokenizer.encode(Array("It was".utf8)))[token]
        #expect(choice["logprobs"]?.list("token_logprobs").first?.double == log(own))
        #expect(choice["text"]?.string == "")
    }

    @Test("A stop sequence met by the first token leaves no text and no tokens")
    func stopAtOnce() throws {
        let choice = try api.choice(#""prompt":"It was a dark and","temperature":0,"stop":" stor","logprobs":1"#)
        #expect(choice["text"]?.string == "" && choice["finish_reason"]?.string == "stop")
        #expect(choice["logprobs"]?.list("tokens").isEmpty == true)
    }

    @Test("A token that a stop sequence cuts in two is listed whole")
    func stopInToken() throws {
        let choice = try api.choice(#""prompt":"It was a dark and","temperature":0,"stop":"ormy","logprobs":1"#)
        #expect(choice["text"]?.string == " st")
        #expect(choice["logprobs"]?.list("tokens").map(\.string) == [" stormy"])
    }

    @Test("A prompt alone can be scored")
    func scoring() throws {
        let choice = try api.choice(#""prompt":"It was a dark","echo":true,"max_tokens":0,"logprobs":2"#)
        let logprobs = try #require(choice["logprobs"])
        #expect(choice["text"]?.string == "It was a dark" && choice["finish_reason"]?.string == "length")
        #expect(logprobs.list("tokens").compactMap(\.string).joined() == "It was a dark")
        #expect(logprobs.list("token_logprobs").map(\.isNull) == [true, false, false, false])
        #expect(logprobs.list("top_logprobs").map(\.isNull) == [true, false, false, false])
    }

    @Test("Members of a response come in the order of the API's own")
    func order() throws {
        let reply = try #require(try api.documents(#""prompt":"It","max_tokens":1,"logprobs":1"#).first)
        func keys(_ view: JSONView?) -> [String] { view?.members.compactMap(\.key.string) ?? [] }
        #expect(
            keys(reply) == [
                "id", "choices", "created", "model", "object", "system_fingerprint", "time_info", "usage",
            ])
        let choice = reply.list("choices").first
        #expect(keys(choice) == ["index", "finish_reason", "logprobs", "text", "tokens"])
        #expect(keys(choice?["logprobs"]) == ["text_offset", "token_logprobs", "tokens", "top_logprobs"])
    }

    @Test("A gzip body is read as the plain one")
    func gzip() {
        // {"model":"gpt-oss-120b","prompt":"x","max_tokens":1,"temperature":0}
        let body: [UInt8] = [
            31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 202, 205, 79, 73, 205, 81, 178, 82, 74, 47, 40, 209, 205, 47, 46,
            214, 53, 52, 50, 72, 82, 210, 81, 42, 40, 202, 207, 45, 40, 1, 138, 87, 0, 57, 185, 137, 21, 241, 37, 249,
            217, 169, 121, 197, 74, 86, 134, 58, 74, 37, 169, 185, 5, 169, 69, 137, 37, 165, 69, 169, 74, 86, 6, 181, 0,
            249, 16, 243, 242, 68, 0, 0, 0,
        ]
        #expect(api.post(body, headers: ["content-encoding": "gzip"]).status == 200)
        #expect(api.post(body.dropLast(5), headers: ["content-encoding": "gzip"]).status == 400)
        #expect(api.post(body).status == 400)
    }

    @Test("A body over the limit is refused for its size")
    func size() {
        let body = [UInt8](repeating: UInt8(ascii: " "), count: APIHandler.bodyLimit + 1)
        #expect(api.post(body).status == 413)
    }

    @Test(
        "What is wrong is reported by field",
        arguments: [
            (#""model":7"#, "body.model: must be a string"), (#""model":null"#, "body.model: is required"),
            (#""logit_bias":{"999999":1}"#, "body.logit_bias: must map token IDs up to"),
            (#""logit_bias":{"x":1}"#, "body.logit_bias: must map token IDs up to"),
            (#""stream_options":{"include_usage":true}"#, "body.stream_options: needs stream"),
            (#""stream":true,"stream_options":{"include_usage":1}"#, "body.stream_options: must be an object"),
            (#""stream":true,"stream_options":{"other":true}"#, "body.stream_options: must be an object"),
            (#""max_tokens":-2"#, "body.max_tokens: must be -1 or more"),
            (#""logprobs":21"#, "body.logprobs: must be between 0 and 20"),
            (#""best_of":2,"stream":true"#, "body.best_of: can't be used with stream"),
        ])
    func problems(fields: String, message: String) throws {
        #expect(try api.message(fields).hasPrefix(message))
    }
}
