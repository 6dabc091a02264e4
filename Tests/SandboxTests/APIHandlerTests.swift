import Compression
import Foundation
import JSON
import Testing

@testable import Sandbox

@Suite("API handler")
struct APIHandlerTests {
    private let handler = APIHandler(ModelTests.model, requiredKey: nil)

    private func post(_ body: String, headers: [String: String] = [:]) -> SandboxReply {
        handler.answer(
            SandboxRequest(method: "POST", path: "/v1/completions", headers: headers, body: Array(body.utf8)))
    }

    /// A response's body; a stream's chunks in a list.
    private func bodies(_ reply: SandboxReply) throws -> [JSONView] {
        switch reply.body {
        case .whole(let bytes): return [try JSONDocument(parsing: bytes).root]
        case .completion(var run):
            while run.advance() {}
            return [try JSONDocument(parsing: run.wholeReply).root]
        case .stream(var run):
            var chunks: [JSONView] = []
            while let chunk = run.nextChunk() {
                if !chunk.isEmpty { chunks.append(try JSONDocument(parsing: chunk).root) }
            }
            return chunks
        }
    }

    private func complete(_ fields: String) throws -> JSONView {
        let reply = post(#"{"model":"gpt-oss-120b",\#(fields)}"#)
        #expect(reply.status == 200)
        return try #require(try bodies(reply).first)
    }

    private func tokens(_ choice: JSONView) -> [String] {
        choice["logprobs"]?["tokens"]?.elements.compactMap(\.string) ?? []
    }

    private func choice(_ fields: String) throws -> JSONView {
        try #require(try complete(fields)["choices"]?.elements.first { _ in true })
    }

    @Test func theSameSeedGivesTheSameAnswer() throws {
        let ask = #""prompt":"It was","max_tokens":30,"seed":"#
        let first = try choice(ask + "5")["text"]?.string
        #expect(try choice(ask + "5")["text"]?.string == first)
        #expect(try (6...12).contains { try choice(ask + "\($0)")["text"]?.string != first })
    }

    @Test func temperatureZeroIsTheLikeliestToken() throws {
        let choice = try choice(#""prompt":"It was a","max_tokens":12,"temperature":0,"logprobs":1"#)
        for top in try #require(choice["logprobs"]?["top_logprobs"]).elements { #expect(Array(top.members).count == 1) }
    }

    @Test func aSmallNucleusIsTheLikeliestToken() throws {
        let greedy = try choice(#""prompt":"It was a","max_tokens":12,"temperature":0"#)["text"]?.string
        #expect(try choice(#""prompt":"It was a","max_tokens":12,"top_p":0,"seed":3"#)["text"]?.string == greedy)
    }

    @Test func logprobsHoldTogether() throws {
        let choice = try choice(#""prompt":"It was","max_tokens":25,"logprobs":5,"seed":2"#)
        let logprobs = try #require(choice["logprobs"])
        let tokens = try #require(logprobs["tokens"]).elements.map { $0.string ?? "" }
        #expect(tokens.joined() == choice["text"]?.string)
        let tops = Array(try #require(logprobs["top_logprobs"]).elements)
        #expect(tops.count == tokens.count)
        for (token, top) in zip(tokens, tops) {
            let members = Array(top.members)
            #expect((5...6).contains(members.count))
            #expect(members.contains { $0.key.string == token })
            #expect(members.compactMap(\.value.double).reduce(0) { $0 + exp($1) } <= 1 + 1e-9)
        }
        let offsets = try #require(logprobs["text_offset"]).elements.compactMap(\.integer)
        #expect(offsets.first == 6 && offsets == offsets.sorted())
    }

    @Test func noLikelyTokensAreListedForZero() throws {
        let logprobs = try choice(#""prompt":"It","max_tokens":3,"logprobs":0"#)["logprobs"]
        #expect(logprobs?["top_logprobs"]?.isNull == true && logprobs?["tokens"]?.kind == .array)
    }

    @Test func echoBringsThePromptWithNullsFirst() throws {
        let choice = try choice(#""prompt":"It was a","max_tokens":2,"echo":true,"logprobs":1"#)
        #expect(choice["text"]?.string?.hasPrefix("It was a") == true)
        let values = Array(try #require(choice["logprobs"]?["token_logprobs"]).elements)
        #expect(values[0].isNull && values[1].kind == .number)
        #expect(choice["logprobs"]?["text_offset"]?.elements.first { _ in true }?.integer == 0)
    }

    @Test func stopCutsAlsoAcrossTokens() throws {
        let free = try #require(try choice(#""prompt":"It was a","max_tokens":40,"temperature":0"#)["text"]?.string)
        let middle = free.index(free.startIndex, offsetBy: free.count / 2)
        let stop = String(free[middle...].prefix(7))
        let choice = try choice(#""prompt":"It was a","max_tokens":40,"temperature":0,"stop":["\#(stop)"]"#)
        let expected = free.range(of: stop).map { String(free[..<$0.lowerBound]) }
        #expect(choice["text"]?.string == expected && choice["finish_reason"]?.string == "stop")
    }

    @Test func lengthsAreKept() throws {
        let reply = try complete(#""prompt":"It was","max_tokens":9,"min_tokens":9"#)
        #expect(reply["usage"]?["completion_tokens"]?.integer == 9 && reply["usage"]?["prompt_tokens"]?.integer == 2)
        #expect(try choice(#""prompt":"It","max_tokens":0"#)["text"]?.string == "")
        #expect(try choice(#""prompt":"It","max_tokens":60,"min_tokens":-1"#)["finish_reason"]?.string == "length")
    }

    @Test func severalPromptsAndChoicesAreNumbered() throws {
        let reply = try complete(#""prompt":["A","B"],"n":2,"max_tokens":2"#)
        #expect(try #require(reply["choices"]).elements.compactMap { $0["index"]?.integer } == [0, 1, 2, 3])
    }

    @Test func tokenPromptsAndRawTokens() throws {
        let tokens = ModelTests.model.tokenizer.encode(Array("It was a dark and".utf8))
        let choice = try choice(#""prompt":\#(tokens),"max_tokens":1,"temperature":0,"return_raw_tokens":true"#)
        let stormy = ModelTests.model.tokenizer.encode(Array(" stormy".utf8))
        #expect(try #require(choice["tokens"]).elements.compactMap(\.integer) == stormy)
        #expect(try complete(#""prompt":[[65],[66]],"max_tokens":1"#)["choices"]?.elements.map { $0 }.count == 2)
    }

    @Test(arguments: ["", #","logprobs":2"#, #","stop":[" and","the"]"#, #","echo":true"#])
    func aStreamSaysWhatTheWholeReplySays(extra: String) throws {
        let ask = #"{"model":"gpt-oss-120b","prompt":["It was","夜"],"seed":9,"max_tokens":20\#(extra)"#
        let whole = try #require(try bodies(post(ask + "}")).first)
        let chunks = try bodies(post(ask + #","stream":true}"#))
        for index in 0...1 {
            let parts = chunks.flatMap { $0["choices"].map { Array($0.elements) } ?? [] }.filter {
                $0["index"]?.integer == index
            }
            let expected = try #require(whole["choices"]).elements.map { $0 }[index]
            #expect(parts.map { $0["text"]?.string ?? "" }.joined() == expected["text"]?.string)
            #expect(parts.last?["finish_reason"]?.string == expected["finish_reason"]?.string)
            #expect(parts.flatMap(tokens) == tokens(expected))
        }
        #expect(chunks.last?["usage"]?["total_tokens"]?.integer == whole["usage"]?["total_tokens"]?.integer)
        #expect(chunks.dropLast().allSatisfy { $0["usage"]?.isNull == true })
    }

    @Test func usageCanComeInAChunkOfItsOwn() throws {
        let ask =
            #"{"model":"gpt-oss-120b","prompt":"It","max_tokens":2,"stream":true,"stream_options":{"include_usage":true}}"#
        let last = try #require(try bodies(post(ask)).last)
        #expect(try #require(last["choices"]).elements.map { $0 }.isEmpty && last["usage"]?.kind == .object)
    }

    static let refusals: [(body: String, status: Int, words: String)] = [
        ("{", 400, "Invalid JSON"),
        ("[]", 400, "must be an object"),
        (#"{"prompt":"x"}"#, 400, "body.model: is required"),
        (#"{"model":"no","prompt":"x"}"#, 404, "Model no does not exist"),
        (#"{"model":"gpt-oss-120b","store":1}"#, 400, "property 'body.store' is unsupported"),
        (#"{"model":"gpt-oss-120b","suffix":"x"}"#, 400, "property 'body.suffix' is unsupported"),
        (#"{"model":"gpt-oss-120b","prompt":5}"#, 400, "body.prompt"),
        (#"{"model":"gpt-oss-120b","prompt":[99999]}"#, 400, "body.prompt"),
        (#"{"model":"gpt-oss-120b","prompt":[]}"#, 400, "body.prompt"),
        (#"{"model":"gpt-oss-120b","max_tokens":-2}"#, 400, "body.max_tokens"),
        (#"{"model":"gpt-oss-120b","max_tokens":1.5}"#, 400, "body.max_tokens: must be an integer"),
        (#"{"model":"gpt-oss-120b","max_tokens":100000}"#, 400, "context length"),
        (#"{"model":"gpt-oss-120b","temperature":3}"#, 400, "body.temperature"),
        (#"{"model":"gpt-oss-120b","top_p":"1"}"#, 400, "body.top_p: must be a number"),
        (#"{"model":"gpt-oss-120b","logprobs":21}"#, 400, "body.logprobs"),
        (#"{"model":"gpt-oss-120b","stop":["a","b","c","d","e"]}"#, 400, "body.stop"),
        (#"{"model":"gpt-oss-120b","stop":[""]}"#, 400, "body.stop: must not be empty"),
        (#"{"model":"gpt-oss-120b","echo":true,"return_raw_tokens":true}"#, 400, "body.echo"),
        (#"{"model":"gpt-oss-120b","n":2,"best_of":1}"#, 400, "body.best_of"),
        (#"{"model":"gpt-oss-120b","grammar_root":"tree"}"#, 400, "body.grammar_root"),
        (#"{"model":"gpt-oss-120b","reasoning_format":"loud"}"#, 400, "body.reasoning_format: must be one of none"),
        (#"{"model":"gpt-oss-120b","prompt_cache_key":""}"#, 400, "body.prompt_cache_key"),
        (#"{"model":"gpt-oss-120b","stream":"yes"}"#, 400, "body.stream: must be true or false"),
        (#"{"model":"gpt-oss-120b","logit_bias":{"5":101}}"#, 400, "body.logit_bias"),
    ]

    @Test(arguments: refusals)
    func wrongRequestsAreRefused(body: String, status: Int, words: String) throws {
        let reply = post(body)
        #expect(reply.status == status)
        let error = try #require(try bodies(reply).first)
        #expect(error["message"]?.string?.contains(words) == true, "\(error["message"]?.string ?? "")")
        #expect(error["type"]?.kind == .string && error["param"]?.kind == .string && error["code"]?.kind == .string)
    }

    @Test func everyProblemIsTold() throws {
        let reply = post(#"{"model":"gpt-oss-120b","top_p":2,"seed":"x","foo":1}"#)
        let message = try #require(try bodies(reply).first?["message"]?.string)
        #expect(message.split(separator: "\n").count == 3 && reply.status == 400)
    }

    @Test func badEncodingsAreRefused() {
        let body = #"{"model":"gpt-oss-120b","prompt":"x","max_tokens":1}"#
        #expect(post(body, headers: ["content-encoding": "gzip"]).status == 400)
        #expect(post(body, headers: ["content-encoding": "br"]).status == 415)
        #expect(post(body, headers: ["content-type": "text/plain"]).status == 415)
        #expect(post(body, headers: ["content-type": "application/json; charset=utf-8"]).status == 200)
    }

    @Test func keysAreCheckedWhenOneIsRequired() {
        let strict = APIHandler(ModelTests.model, requiredKey: "right")
        func status(_ key: String?) -> Int {
            let headers = key.map { ["authorization": "Bearer \($0)"] } ?? [:]
            return strict.answer(SandboxRequest(method: "GET", path: "/v1/models", headers: headers, body: [])).status
        }
        #expect(status("right") == 200)
        #expect(status("wrong") == 401)
        #expect(status(nil) == 401)
    }

    @Test(arguments: [
        ("GET", "/v1/models", 200), ("GET", "/v1/models/gpt-oss-120b", 200), ("GET", "/v1/models/none", 404),
        ("GET", "/v1/tcp_warming", 200), ("GET", "/v1/completions", 405), ("POST", "/v1/models", 405),
        ("GET", "/", 404),
    ])
    func pathsAreServed(method: String, path: String, status: Int) {
        let reply = handler.answer(SandboxRequest(method: method, path: path, headers: [:], body: []))
        #expect(reply.status == status)
    }

    @Test func everyReplyHasTheVendorsHeaders() throws {
        let reply = post(#"{"model":"gpt-oss-120b","prompt":"x","max_tokens":1}"#)
        #expect(reply.headers["inference-id"] == (try bodies(reply)[0]["id"]?.string))
        for name in ["x-request-id", "x-ratelimit-limit-requests-day", "x-ratelimit-reset-tokens-minute"] {
            #expect(reply.headers[name] != nil)
        }
        let remaining = reply.headers["x-ratelimit-remaining-tokens-minute"].flatMap { Int($0) }
        #expect(remaining == 1_000_000 - 2)
    }

    @Test func messagePackIsReadLikeJSON() throws {
        let body: JSONValue = ["model": "gpt-oss-120b", "prompt": "It was a", "max_tokens": 12, "temperature": 0]
        func text(_ bytes: [UInt8], _ headers: [String: String]) throws -> String? {
            let reply = handler.answer(
                SandboxRequest(method: "POST", path: "/v1/completions", headers: headers, body: bytes))
            return try bodies(reply).first?["choices"]?.elements.first { _ in true }?["text"]?.string
        }
        let expected = try text(body.jsonBytes, [:])
        let type = ["content-type": "application/vnd.msgpack"]
        #expect(expected != nil)
        #expect(try text(body.messagePackBytes(), type) == expected)
        let packed = try Gzip.compress(body.messagePackBytes(), level: 6)
        #expect(try text(packed, type.merging(["content-encoding": "gzip"]) { $1 }) == expected)
        #expect(post("{", headers: type).status == 400)
    }
}
