import Flags
import Platform
import Testing

@Suite("Wrong command lines")
struct ParserErrorTests {
    private static let dashHint = "an argument that begins with '-' goes after '--'"

    @Test(
        "an unknown flag is named without its value, with the nearest one when it looks like a slip",
        arguments: [
            (["--temprature", "1"], "unknown flag '--temprature' | did you mean --temperature?"),
            (["--temprature=1"], "unknown flag '--temprature' | did you mean --temperature?"),
            (["--no-streem"], "unknown flag '--no-streem' | did you mean --no-stream?"),
            (["--temp=1"], "unknown flag '--temp' | did you mean --temperature?"),
            (["--QUIET"], "unknown flag '--QUIET' | did you mean --quiet?"),
            (["--no-quiet"], "unknown flag '--no-quiet'"),
            (["--frobnicate=secret"], "unknown flag '--frobnicate'"),
            (["-x"], "unknown flag '-x'"), (["-qx"], "unknown flag '-x'"),
            (["-5"], "unknown flag '-5' | \(dashHint)"), (["-é"], "unknown flag '-é' | \(dashHint)"),
            (["---"], "unknown flag '---' | \(dashHint)"),
            (["--a\u{1b}[31m"], "unknown flag '--a\\x1b[31m' | \(dashHint)"),
        ])
    func unknown(words: [String], problem: String) {
        #expect(Sample.problem(with: words) == problem)
    }

    @Test("an explanation goes before the nearest name, and where the flags are is said of what may be no text")
    func advice() {
        let advice = UnknownFlagAdvice(help: "run --help lists every flag") {
            $0 == "--seek" ? "there is nothing to seek" : nil
        }
        let quiet = UnknownFlagAdvice(takesArguments: false)
        func hint(_ word: String, _ advice: UnknownFlagAdvice) -> String? {
            var options = Sample()
            let parser = Parser(Sample.sections, advice: advice)
            let error = #expect(throws: UsageError.self) { try parser.parse([Array(word.utf8)], into: &options) }
            return error?.hint?.shown
        }
        #expect(hint("--seek", advice) == "there is nothing to seek")
        #expect(hint("--sede", advice) == "did you mean --seed?")
        #expect(hint("--frobnicate", advice) == "run --help lists every flag")
        #expect(hint("- a list's item", advice) == Self.dashHint)
        #expect(hint("-5", quiet) == nil)
    }

    @Test(
        "a bad value names flag, value and range",
        arguments: [
            (["-t9"], "-t: '9' is not in 0..2"),
            (["--temperature", "-0.1"], "--temperature: '-0.1' is not in 0..2"),
            (["--temperature="], "--temperature: '' is not a number"),
            (["--logprobs=21"], "--logprobs: '21' is not in 0..20"),
            (["--seed", "1.5"], "--seed: '1.5' is not a whole number"),
            (["--seed", "9223372036854775808"], "--seed: '9223372036854775808' does not fit into 64 bits"),
            (["--timeout", "soon"], "--timeout: 'soon' is not a time such as 30s, 1.5m or 500ms"),
            (["--stop="], "--stop: '' is empty"),
            (["-t=1"], "-t: '=1' is not a number"),
        ])
    func badValue(words: [String], problem: String) {
        #expect(Sample.problem(with: words) == problem)
    }

    @Test(
        "a value that is missing, or not wanted",
        arguments: [
            (["--seed"], "--seed needs a value | as in --seed N"), (["-s"], "-s needs a value | as in --seed N"),
            (["-qs"], "-s needs a value | as in --seed N"), (["--quiet=1"], "--quiet takes no value"),
            (["--quiet="], "--quiet takes no value"), (["--no-stream=1"], "--no-stream takes no value"),
            (["--help=1"], "--help takes no value"),
        ])
    func shape(words: [String], problem: String) {
        #expect(Sample.problem(with: words) == problem)
    }

    @Test("one more than the limit of a repeatable flag is refused")
    func limit() {
        #expect(Sample.problem(with: ["--stop", "a", "--stop", "b"]) == nil)
        #expect(
            Sample.problem(with: ["--stop", "a", "--stop=b", "--stop", "c"]) == "--stop was given more than 2 times")
    }

    @Test("a refused flag is explained whatever follows, and never shows its value")
    func refused() {
        for words in [["--key", "secret"], ["--key=secret"], ["--key"]] {
            #expect(Sample.problem(with: words) == "unknown flag '--key' | a key shows in process lists")
        }
        #expect(Sample.problem(with: ["--kez=secret"]) == "unknown flag '--kez'", "nor suggested")
    }

    @Test("the first of several problems is reported")
    func first() {
        #expect(Sample.problem(with: ["--seed", "x", "--bogus", "-t9"]) == "--seed: 'x' is not a whole number")
    }

    @Test("a flag that is not UTF-8 is unknown, its bytes spelled out")
    func invalidName() {
        var options = Sample()
        let error = #expect(throws: UsageError.self) {
            try Parser(Sample.sections).parse([Array("--a".utf8) + [0xFF]], into: &options)
        }
        #expect(error?.message.shown.hasPrefix("unknown flag '--a") == true)
    }
}
