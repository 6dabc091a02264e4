import Flags
import Testing

@Suite("Asking for help or the version")
struct ParserHelpTests {
    @Test(
        "help is found despite every other error",
        arguments: [
            ["--help"], ["--bogus", "--help"], ["--help", "--bogus"], ["--help", "--seed"],
            ["--version", "--help"], ["--help", "--version"], ["-h", "--help"], ["--help", "-h"],
        ])
    func help(words: [String]) throws {
        #expect(try Sample.parse(words).outcome.request == .help)
    }

    @Test(
        "the letter asks for the short help",
        arguments: [
            ["-h"], ["-qh"], ["-t", "9", "-h"], ["--key=secret", "-h"], ["--quiet=1", "-h"], ["a", "b", "-h"],
            ["--version", "-h"], ["-hV"],
        ])
    func shortHelp(words: [String]) throws {
        #expect(try Sample.parse(words).outcome.request == .shortHelp)
    }

    @Test("so is the version", arguments: [["--version"], ["-V"], ["--bogus", "-V"], ["-V", "-t", "9"]])
    func version(words: [String]) throws {
        #expect(try Sample.parse(words).outcome.request == .version)
    }

    @Test("after two dashes, and as another flag's value, the words ask for nothing")
    func notAsked() throws {
        #expect(try Sample.parse(["--", "--help", "-V"]).outcome.request == .run)
        #expect(try Sample.parse(["--word", "--help"]).outcome.request == .run)
        #expect(Sample.problem(with: ["--bogus", "--", "--help"]) != nil)
    }
}
