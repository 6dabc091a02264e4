import Testing

@testable import CLI

@Suite("Commands without a server, in process")
struct OfflineCommandTests {
    private static let saved =
        #"{"choices":[{"index":0,"text":" dark","finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#

    @Test("show writes a saved response as complete would have, and tells its usage")
    func show() throws {
        let trial = try CommandTrial()
        let path = try trial.write(Self.saved, to: "saved.json")
        let outcome = try trial.run("show", path, "--usage")
        #expect(outcome.status == .done && outcome.output == " dark" && outcome.requests.isEmpty)
        #expect(outcome.error == "cerebras: usage: 1 prompt + 2 completion tokens\n")
        trial.input = Self.saved
        #expect(try trial.run("show", "--newline").output == " dark\n")
    }

    @Test("show has the exit status that complete would have had")
    func showStatus() throws {
        let trial = try CommandTrial()
        let truncated = try trial.write(#"data: {"choices":[{"index":0,"text":" da"}]}"# + "\n\n", to: "truncated")
        let outcome = try trial.run("show", truncated)
        #expect(outcome.status == .cutShort && outcome.output == " da")
        let error = try trial.write(#"{"error":{"message":"slow down","status":429}}"#, to: "error")
        #expect(try trial.run("show", error).output.isEmpty)
        let path = try trial.write(Self.saved, to: "saved.json")
        let checked = try trial.run("show", path, "--expect", "text=light")
        #expect(checked.status == .unexpected && checked.output == " dark")
    }

    @Test("show leaves an output file as it was when the saved response is truncated")
    func showOutput() throws {
        let trial = try CommandTrial()
        let truncated = try trial.write(#"data: {"choices":[{"index":0,"text":" da"}]}"# + "\n\n", to: "truncated")
        let output = try trial.write("old", to: "output")
        let outcome = try trial.run("show", truncated, "-o", output)
        #expect(try outcome.status == .cutShort && trial.read("output") == "old")
        #expect(outcome.error.contains("note: partial output discarded; "))
    }

    @Test("diff is exit status 0 for completions that are the same, and 10 for others")
    func diff() throws {
        let trial = try CommandTrial()
        let one = try trial.write(Self.saved, to: "one")
        let two = try trial.write(Self.saved.replacing(" dark", with: " dusk"), to: "two")
        let same = try trial.run("diff", one, one)
        #expect(same.status == .done && same.output.hasSuffix("choice 0: identical, 5 characters\n"))
        let other = try trial.run("diff", one, two)
        #expect(other.status == .unexpected && other.output.contains("choice 0: diverges at character 2"))
        let json = try trial.run("diff", one, two, "--json")
        #expect(json.status == .unexpected && json.output.hasPrefix("{") && json.output.hasSuffix("}\n"))
    }

    @Test("diff reports what is not two responses, as an object with --json")
    func diffErrors() throws {
        let trial = try CommandTrial()
        #expect(try trial.run("diff", "one").error.hasPrefix("cerebras: two saved responses are needed\nhint: "))
        #expect(try trial.run("diff", "-", "-").status == .usage)
        let missing = try trial.run("diff", trial.path("a"), trial.path("b"), "--json")
        #expect(missing.status == .local && missing.error.hasPrefix(#"{"error":{"kind":"local","#))
    }

    @Test("config tells where each setting comes from, and of the key only where it is")
    func config() throws {
        let trial = try CommandTrial()
        try trial.configure("temperature 0.2\n")
        trial.environment["CEREBRAS_MODEL"] = "m"
        let outcome = try trial.run("config", "--seed", "7")
        let rows = outcome.output.split(separator: "\n").map {
            $0.split(separator: " ", omittingEmptySubsequences: true)
        }
        #expect(
            rows.contains(["(key)", "***", "CEREBRAS_API_KEY"]) && rows.contains(["model", "m", "CEREBRAS_MODEL"]))
        #expect(rows.contains(["seed", "7", "the", "command", "line"]))
        #expect(rows.contains(["temperature", "0.2", Substring("\(trial.path("config")):1")]))
        #expect(outcome.status == .done && !outcome.output.contains("test-key") && outcome.requests.isEmpty)
        #expect(try trial.run("config", "x").error.hasPrefix("cerebras: unexpected argument 'x'\n"))
    }

    @Test("a configuration that can't be read is an error; help is printed all the same")
    func badConfiguration() throws {
        let trial = try CommandTrial()
        try trial.configure("temprature 0.2\n")
        let outcome = try trial.run("complete", "x")
        #expect(outcome.status == .usage && outcome.requests.isEmpty)
        #expect(outcome.error.contains("config:1: ") && outcome.error.contains("did you mean temperature?"))
        #expect(
            try trial.run("complete", "x", "--help").output == Command.help(of: .complete, isFull: true, 80))
        #expect(try trial.run("help", "show").output == Command.help(of: .show, isFull: true, 80))
    }

    @Test("each command has its help at its own name, and unknown ones the nearest name", arguments: Command.all)
    func help(command: Command) throws {
        let trial = try CommandTrial()
        let outcome = try trial.run("help", command.name)
        #expect(outcome.status == .done && outcome.output == Command.help(of: command, isFull: true, 80))
        #expect(try trial.run(command.name, "--help").output == outcome.output)
        let unknown = try trial.run(command.name + "x")
        #expect(unknown.status == .usage)
        #expect(unknown.error.hasSuffix("hint: did you mean cerebras \(command.name)?\n"))
    }

    @Test("without a command the short help goes to standard error")
    func noCommand() throws {
        let outcome = try CommandTrial().run()
        #expect(outcome.status == .usage && outcome.output.isEmpty && outcome.error.contains("cerebras: no command"))
    }
}
