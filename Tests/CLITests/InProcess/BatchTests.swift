import Testing

@testable import CLI
@testable import HTTP

@Suite("batch, in process")
struct BatchTests {
    private static let rows = "\"one\"\n\"two\"\n\"three\"\n"

    private static func record(_ text: String) -> String {
        #""body":{"choices":[{"index":0,"text":"\#(text)","finish_reason":"stop"}]}},"error":null}"#
    }

    private static let busy = [ServerAct].whole(#"{"message":"busy"}"#, status: 503)

    @Test("a pipe's rows become results in order, each with the SHA-256 of its body")
    func pipe() throws {
        let trial = try CommandTrial(.text("a"), .text("b"), .text("c"))
        trial.input = Self.rows
        let outcome = try trial.run("batch", "--max-tokens", "7", "--concurrency", "1", "-q")
        #expect(outcome.status == .done && outcome.error.isEmpty && outcome.requests.count == 3)
        #expect(outcome.bodies[0] == #"{"model":"gpt-oss-120b","prompt":"one","max_tokens":7}"#)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 3 && lines[0].contains(#""custom_id":"1""#) && lines[2].contains(#""custom_id":"3""#))
    }

    @Test("the same command requests what failed, and nothing else")
    func continued() throws {
        let first = try CommandTrial(.text("a"), .whole(#"{"message":"no"}"#, status: 400), .text("c"))
        let input = try first.write(Self.rows, to: "rows.jsonl")
        let output = first.path("results.jsonl")
        let arguments = ["batch", input, "-o", output, "--max-tokens", "7", "--concurrency", "1"]
        let outcome = try first.run(arguments)
        #expect(outcome.status == .incomplete && outcome.error.contains("1 of 3 rows failed\nhint: the same command"))
        let second = try CommandTrial(.text("b"))
        let again = try second.run(arguments + ["--ordered"])
        #expect(again.status == .done && again.bodies == [#"{"model":"gpt-oss-120b","prompt":"two","max_tokens":7}"#])
        let ids = try first.read("results.jsonl").split(separator: "\n").map { $0.split(separator: "\"")[7] }
        #expect(ids == ["1", "2", "3"])
        let third = try CommandTrial()
        #expect(
            try third.run(arguments).status == .done
                && third.run(["batch", input, "--verify", output, "--max-tokens", "7"]).status == .done)
    }

    @Test("waits of a server are kept, and a longer one than --max-retry-wait ends the run with 6")
    func waits() throws {
        let trial = try CommandTrial(.whole("{}", status: 429, "Retry-After: 3"), .text("a"))
        trial.input = "\"one\"\n"
        let outcome = try trial.run("batch", "--max-tokens", "7", "-q")
        #expect(outcome.status == .done && outcome.waits.reduce(0, +) >= 3)
        let other = try CommandTrial(.whole(#"{"message":"full"}"#, status: 429, "Retry-After: 3600"))
        other.input = Self.rows
        let late = try other.run("batch", "--max-tokens", "7", "-q", "--concurrency", "1")
        #expect(late.status == .rateLimited && late.requests.count == 1 && late.output.isEmpty)
    }

    @Test("--rpm spreads requests over time")
    func pace() throws {
        let trial = try CommandTrial(.text("a"), .text("b"), .text("c"))
        trial.input = Self.rows
        let outcome = try trial.run("batch", "--max-tokens", "7", "-q", "--rpm", "1")
        #expect(outcome.status == .done && abs(outcome.waits.reduce(0, +) - 120) < 1, "\(outcome.waits)")
    }

    @Test("--rpm begins with what was refilled since the last result")
    func continuedPace() throws {
        let first = try CommandTrial(.text("a"))
        let output = first.path("results.jsonl")
        first.input = "\"one\"\n"
        let arguments = ["batch", "-o", output, "--max-tokens", "7", "-q", "--rpm", "1"]
        #expect(try first.run(arguments).waits.reduce(0, +) == 0)
        let second = try CommandTrial(.text("b"))
        second.input = "\"one\"\n\"two\"\n"
        let outcome = try second.run(arguments)
        #expect(outcome.status == .done && outcome.requests.count == 1)
        #expect(outcome.waits.reduce(0, +) > 30, "\(outcome.waits)")
    }

    @Test("a row without --max-tokens is warned of once, with what it costs")
    func unlimited() throws {
        let trial = try CommandTrial(.text("a"), .text("b"), .text("c"))
        trial.input = Self.rows
        let outcome = try trial.run("batch", "--tpm", "1000000", "--concurrency", "1")
        let notes = outcome.error.split(separator: "\n").filter { $0.contains("--max-tokens") }
        #expect(notes.count == 1 && notes[0].contains("at 1.0M tokens per minute that admits 61.0 requests a minute"))
    }

    @Test("a server that is gone ends the run after the retries, and the row has not failed")
    func gone() throws {
        let trial = try CommandTrial([.unreachable], [.unreachable], [.unreachable])
        let input = try trial.write(Self.rows, to: "rows.jsonl")
        let outcome = try trial.run(
            "batch", input, "-o", trial.path("results.jsonl"), "--max-tokens", "7", "--max-retries", "1",
            "--concurrency",
            "1")
        #expect(
            [.network, .timeout].contains(outcome.status) && outcome.requests.count == 3)
        #expect((try? trial.read("results.jsonl")) == nil && outcome.error.contains("0 completed, 3 left"))
    }
}
