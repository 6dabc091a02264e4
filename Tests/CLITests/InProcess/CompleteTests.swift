import Testing

@testable import CLI
@testable import HTTP

@Suite("complete, in process")
struct CompleteTests {
    private static let head = #"data: {"choices":[{"index":0,"text":""#

    @Test("a whole response is written byte for byte, and asked for with prompt, fields and key")
    func whole() throws {
        let outcome = try CommandTrial(.text(#" dark.\u0000"#)).run("complete", "Once", "--seed", "7", "-t0.5")
        #expect(outcome.status == .done && outcome.output == " dark.\u{0}" && outcome.error.isEmpty)
        #expect(outcome.bodies == [#"{"model":"gpt-oss-120b","prompt":"Once","temperature":0.5,"seed":7}"#])
        let request = try #require(outcome.requests.first)
        #expect(request.method == "POST" && request.url == "https://api.cerebras.ai/v1/completions")
        #expect(request.headers.contains(Header("Authorization", "Bearer test-key")))
    }

    @Test("a stream is joined from pieces that end anywhere")
    func streamed() throws {
        let outcome = try CommandTrial(
            .stream(
                Self.head + #" da"}]}"# + "\n", "\n" + Self.head, #"rk.","finish_reason":"stop"}]}"# + "\n\ndata: [DO",
                "NE]\n\n")
        ).run("complete", "x", "--stream")
        #expect(outcome.status == .done && outcome.output == " dark." && outcome.error.isEmpty)
        #expect(outcome.bodies == [#"{"model":"gpt-oss-120b","prompt":"x","stream":true}"#])
    }

    @Test("a piped prompt is sent with its newline, which --chomp drops")
    func piped() throws {
        let trial = try CommandTrial(.text("a"))
        trial.input = "Once\n"
        #expect(try trial.run("complete").bodies == [#"{"model":"gpt-oss-120b","prompt":"Once\n"}"#])
        #expect(try trial.run("complete", "--chomp").bodies == [#"{"model":"gpt-oss-120b","prompt":"Once"}"#])
    }

    @Test("--dry-run and --curl print the request without its key, and send nothing")
    func previews() throws {
        let trial = try CommandTrial()
        let request = try trial.run("complete", "Once", "--dry-run")
        #expect(request.status == .done && request.requests.isEmpty)
        #expect(request.output.hasPrefix("POST https://api.cerebras.ai/v1/completions\n"))
        #expect(
            request.output.contains("\nAuthorization: Bearer ***\n") && request.output.contains(#""prompt": "Once""#))
        let curl = try trial.run("complete", "Once", "--curl")
        #expect(curl.output.contains(#"--header "Authorization: Bearer $CEREBRAS_API_KEY""#))
        #expect(!(request.output + curl.output).contains("test-key"))
        let body = try trial.run("complete", "Once", "--dry-run=body")
        #expect(body.output == #"{"model":"gpt-oss-120b","prompt":"Once"}"#)
    }

    @Test("an output file gets the completion once that is whole, and stays as it was when it is truncated")
    func outputFile() throws {
        let trial = try CommandTrial(.text("new"))
        let path = try trial.write("old", to: "file")
        let outcome = try trial.run("complete", "x", "-o", path)
        #expect(try outcome.status == .done && outcome.output.isEmpty && trial.read("file") == "new")

        let truncated = try CommandTrial(.stream(Self.head + #" a"}]}"# + "\n\n") + [.end])
        let other = try truncated.write("old", to: "file")
        let failed = try truncated.run("complete", "x", "--stream", "-o", other)
        #expect(try failed.status == .cutShort && truncated.read("file") == "old")
        #expect(
            failed.error.hasSuffix("cerebras: note: partial output discarded; output file '\(other)' is unchanged\n"))
    }

    @Test("the transport is prepared once a request will be sent, and for nothing else")
    func preparation() throws {
        #expect(try CommandTrial(.text("and")).run("complete", "x").preparations == 1)
        for arguments in [
            ["complete", "x", "--dry-run"], ["complete", "--help"], ["complete", "x", "--n"], ["show", "x"],
        ] {
            #expect(try CommandTrial().run(arguments).preparations == 0, "\(arguments)")
        }
    }

    @Test("a check that fails is exit status 10, after the completion was written")
    func checks() throws {
        let expected = try CommandTrial(.text("and so")).run("complete", "x", "--expect", "text~no")
        #expect(expected.status == .unexpected && expected.output == "and so")
        #expect(expected.error == "cerebras: expected text~no, got 'and so' (--expect)\n")
        let failed = try CommandTrial(.text("and", finish: "length")).run("complete", "x", "--fail-on", "length")
        #expect(failed.status == .unexpected && failed.output == "and")
        #expect(failed.error == "cerebras: finish reason 'length' (--fail-on)\n")
        #expect(try CommandTrial(.text("so")).run("complete", "x", "--expect", "text=so").status == .done)
    }

    @Test("a check that needs log probabilities asks for them")
    func impliedLogprobs() throws {
        let outcome = try CommandTrial(.text("a")).run("complete", "x", "--expect", "perplexity<2")
        #expect(outcome.bodies == [#"{"model":"gpt-oss-120b","prompt":"x","logprobs":0}"#])
        #expect(outcome.status == .unexpected)
    }

    @Test("--usage tells tokens and times of the clock, first token and total")
    func usage() throws {
        let chunk = Self.head + #"a"}]}"# + "\n\n"
        let last =
            #"data: {"choices":[{"index":0,"text":"b","finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":50}}"#
            + "\n\n"
        let script: [ServerAct] = .stream() + [.pass(0.25), .body(chunk), .pass(0.75), .body(last), .end]
        let outcome = try CommandTrial(script).run("complete", "x", "--stream", "--usage")
        #expect(
            outcome.error
                == "cerebras: usage: 7 prompt + 50 completion tokens; first token 250 ms, total 1 s, 50 tokens/s; "
                + "payload 51 B (json)\n")
    }

    @Test("notes go to standard error, as objects beside JSON, and --quiet hides them")
    func notes() throws {
        let note = "the API documents temperatures up to 1.5; sending 1.7 anyway"
        let arguments = ["complete", "x", "-t1.7"]
        func run(_ more: String...) throws -> String {
            let trial = try CommandTrial(.text("a"))
            return try trial.run(arguments + more).error
        }
        #expect(try run() == "cerebras: note: \(note)\n")
        #expect(try run("--json") == #"{"note":{"message":"\#(note)"}}"# + "\n")
        #expect(try run("--quiet").isEmpty)
    }

    @Test("--verbose shows requests and heads, and no key")
    func verbose() throws {
        let outcome = try CommandTrial(.text("a")).run("complete", "x", "-v")
        #expect(outcome.error.contains("> POST https://api.cerebras.ai/v1/completions\n"))
        #expect(outcome.error.contains("> Authorization: Bearer ***\n") && !outcome.error.contains("test-key"))
        #expect(outcome.error.contains("* payload 37 B (json)\n< HTTP/1.1 200 X\n"))
    }

    @Test("choices that were asked for and did not come are noted")
    func missingChoices() throws {
        let outcome = try CommandTrial(.text("a")).run("complete", "x", "-n2")
        #expect(outcome.status == .done && outcome.error == "cerebras: note: requested 2 choices, received 1\n")
    }
}
