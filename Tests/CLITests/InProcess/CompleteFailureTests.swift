import Testing

@testable import CLI
@testable import HTTP

@Suite("complete, in process, when something fails")
struct CompleteFailureTests {
    private static let busy = [ServerAct].whole(#"{"message":"busy"}"#, status: 503)
    private static let chunk = #"data: {"choices":[{"index":0,"text":" It","finish_reason":null}]}"# + "\n\n"

    @Test("a server that is busy is asked again, with the same bytes, after the wait that it asks for")
    func retryAfter() throws {
        let outcome = try CommandTrial(
            .whole(#"{"message":"busy"}"#, status: 503, "Retry-After: 3"), .text(" dark.")
        ).run("complete", "x")
        #expect(outcome.status == .done && outcome.output == " dark." && outcome.waits == [3])
        #expect(outcome.error == "cerebras: note: retry 1 of 2 in 3 s: busy (HTTP 503)\n")
        #expect(outcome.bodies.count == 2 && Set(outcome.bodies).count == 1)
    }

    @Test("waits of the program's own double, and the last error counts")
    func retriesExhausted() throws {
        let outcome = try CommandTrial(Self.busy, Self.busy, Self.busy).run("complete", "x")
        #expect(outcome.status == .server && outcome.requests.count == 3 && outcome.waits.count == 2)
        // Waits are of whole milliseconds.
        #expect(abs(outcome.waits[1] - 2 * outcome.waits[0]) < 0.002, "\(outcome.waits)")
        #expect(outcome.error.hasSuffix("\ncerebras: busy (HTTP 503)\n"))
    }

    @Test("--max-retries 0 asks once")
    func noRetry() throws {
        let outcome = try CommandTrial(Self.busy).run("complete", "x", "--max-retries", "0")
        #expect(outcome.status == .server && outcome.requests.count == 1 && outcome.waits.isEmpty)
        #expect(outcome.error == "cerebras: busy (HTTP 503)\n")
    }

    @Test("a longer wait than --max-retry-wait is exit status 6")
    func retryWaitTooLong() throws {
        let script = [ServerAct].whole("busy", status: 503, "Retry-After: 3600")
        let outcome = try CommandTrial(script).run("complete", "x", "--max-retry-wait", "1m")
        #expect(outcome.status == .rateLimited && outcome.waits.isEmpty)
        #expect(outcome.error.contains("asks to wait 3600 s, longer than --max-retry-wait 60 s\nhint: "))
    }

    @Test("an error that is the request's own is not retried")
    func refused() throws {
        let outcome = try CommandTrial(.whole(#"{"message":"no","code":"bad"}"#, status: 400)).run("complete", "x")
        #expect(outcome.status == .refused && outcome.requests.count == 1)
        #expect(outcome.error == "cerebras: no (HTTP 400, bad)\n")
    }

    @Test("--connect-timeout ends a connection that does not come about")
    func connectTimeout() throws {
        let outcome = try CommandTrial([.unreachable])
            .run("complete", "x", "--connect-timeout", "300ms", "--max-retries", "0")
        #expect(outcome.status == .timeout)
        #expect(
            outcome.error
                == "cerebras: https://api.cerebras.ai/v1/completions: no connection within 0.3 s (--connect-timeout)\n")
    }

    @Test("--idle-timeout ends a request that is not answered, which is asked again")
    func idleTimeout() throws {
        let outcome = try CommandTrial([.head(200, [])], [.head(200, [])], .text("a"))
            .run("complete", "x", "--idle-timeout", "0.3s", "--max-retries", "1")
        #expect(outcome.status == .timeout && outcome.requests.count == 2)
        #expect(outcome.error.contains("nothing received for 0.3 s (--idle-timeout)\n"))
    }

    @Test("a stream that stalls is written as far as it came, and not asked for again")
    func stalledStream() throws {
        let outcome = try CommandTrial(.stream(Self.chunk)).run("complete", "x", "--stream", "--idle-timeout", "0.3s")
        #expect(outcome.status == .timeout && outcome.output == " It" && outcome.requests.count == 1)
        #expect(
            outcome.error
                == "cerebras: response truncated after 1 chunk, 3 characters of text: nothing received for 0.3 s "
                + "(--idle-timeout)\n")
    }

    @Test("a stream that ends without a finish reason is truncated")
    func truncatedStream() throws {
        let outcome = try CommandTrial(.stream(Self.chunk) + [.end]).run("complete", "x", "--stream")
        #expect(outcome.status == .cutShort && outcome.output == " It")
        #expect(outcome.error.hasSuffix("the stream ended without a finish reason\n"))
    }

    @Test("a stream that stays open after its last finish reason is whole")
    func openStream() throws {
        let last = #"data: {"choices":[{"index":0,"text":" It","finish_reason":"stop"}]}"# + "\n\n"
        let outcome = try CommandTrial(.stream(last)).run("complete", "x", "--stream")
        #expect(outcome.status == .done && outcome.output == " It" && outcome.error.isEmpty)
    }

    @Test("without a key the vendor is not asked; a server on this machine is")
    func missingKey() throws {
        let trial = try CommandTrial(.text("a"))
        trial.environment = [:]
        let outcome = try trial.run("complete", "x")
        #expect(outcome.status == .key && outcome.requests.isEmpty)
        #expect(outcome.error.hasPrefix("cerebras: no API key: none of CEREBRAS_API_KEY, "))
        let local = try trial.run("complete", "x", "--base-url", "http://127.0.0.1:1")
        #expect(local.status == .done && !local.requests[0].headers.contains { $0.name == "Authorization" })
    }

    @Test("a profile's server gets the profile's key, not the environment's")
    func profileKey() throws {
        let trial = try CommandTrial(.text("a"))
        let key = try trial.write("profile-key\n", to: "key")
        try trial.configure("[work]\nbase-url https://work.example\napi-key-file \(key)\n")
        let outcome = try trial.run("complete", "x", "--profile", "work")
        #expect(outcome.status == .done)
        #expect(outcome.requests[0].url == "https://work.example/v1/completions")
        #expect(outcome.requests[0].headers.contains(Header("Authorization", "Bearer profile-key")))
        try trial.configure("[work]\nbase-url https://work.example\n")
        let missing = try trial.run("complete", "x", "--profile", "work")
        #expect(missing.status == .key && missing.requests.isEmpty && !missing.error.contains("test-key"))
    }

    @Test("a key that the server repeats is masked")
    func repeatedKey() throws {
        let outcome = try CommandTrial(.whole(#"{"message":"bad test-key"}"#, status: 401)).run("complete", "x")
        #expect(outcome.status == .key && outcome.error.hasPrefix("cerebras: bad *** (HTTP 401)\nhint: "))
    }

    @Test("an unknown model gets the nearest names of the list that models left")
    func unknownModel() throws {
        let trial = try CommandTrial(
            .whole(#"{"message":"no such model","code":"model_not_found"}"#, status: 404))
        trial.environment["XDG_CACHE_HOME"] = trial.path("cache")
        let list = try CommandTrial(.whole(#"{"data":[{"id":"llama-8b"},{"id":"zeta"}]}"#))
        list.environment["XDG_CACHE_HOME"] = trial.path("cache")
        #expect(try list.run("models").status == .done)
        let outcome = try trial.run("complete", "x", "-m", "lama-8b")
        #expect(outcome.status == .refused)
        #expect(outcome.error.hasSuffix("hint: did you mean llama-8b? cerebras models lists those available\n"))
    }

    @Test("with JSON a failure is one object on standard error")
    func failureAsJSON() throws {
        let outcome = try CommandTrial(.whole(#"{"message":"no"}"#, status: 400)).run("complete", "x", "--json")
        #expect(outcome.output.isEmpty)
        #expect(outcome.error.hasPrefix(#"{"error":{"kind":"refused","status":400,"#))
    }

    @Test("a wrong command line sends nothing and reads no file")
    func usageErrors() throws {
        let trial = try CommandTrial(.text("a"))
        #expect(try trial.run("complete", "x", "--temprature", "1").error.contains("hint: did you mean --temperature?"))
        #expect(try trial.run("complete", "a", "b").error.hasPrefix("cerebras: unexpected argument 'b'\nhint: "))
        #expect(try trial.run("complete", "").error.hasPrefix("cerebras: the prompt is empty\n"))
        let twice = try trial.run("complete", "--prompt-file", "-", "--api-key-file", "-")
        #expect(twice.status == .usage && twice.requests.isEmpty)
    }
}
