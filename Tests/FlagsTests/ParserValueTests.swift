import Flags
import Platform
import Testing

@Suite("Flags and their values")
struct ParserValueTests {
    @Test(
        "a value stands in every usual place",
        arguments: [
            ["--temperature=0.2"], ["--temperature", "0.2"], ["-t0.2"], ["-t", "0.2"], ["-qt0.2"], ["-qt", "0.2"],
            ["-qlt0.2"], ["prompt", "--temperature", "0.2"], ["--temperature=1", "--temperature=0.2"],
        ])
    func places(words: [String]) throws {
        #expect(try Sample.parse(words).options.fields["temperature"] == [.number(0.2)])
    }

    @Test(
        "negative numbers are values",
        arguments: [["--seed", "-5"], ["--seed=-5"], ["-s", "-5"], ["-s-5"], ["-qs", "-5"]])
    func negativeNumbers(words: [String]) throws {
        let (options, outcome) = try Sample.parse(words)
        #expect(options.fields["seed"] == [.integer(-5)] && outcome.operands == [])
    }

    @Test("a flag takes the next argument whatever it looks like", arguments: ["--quiet", "-q", "--", "-", "--help"])
    func valuesLikeFlags(value: String) throws {
        let (options, outcome) = try Sample.parse(["--stop", value])
        #expect(options.fields["stop"] == [.characters(value)])
        #expect(!options.isQuiet && outcome.request == .run && outcome.operands == [])
    }

    @Test("only the first equals sign parts name and value")
    func equalsSigns() throws {
        #expect(try Sample.parse(["--stop=a=b"]).options.fields["stop"] == [.characters("a=b")])
        #expect(
            try Sample.parse(["--stop==", "--stop", "=x"]).options.fields["stop"] == [
                .characters("="), .characters("=x"),
            ])
        #expect(try Sample.parse(["--word="]).options.words == [[]])
        #expect(try Sample.parse(["--word", ""]).options.words == [[]])
    }

    @Test("switches may stand together behind one dash")
    func clusters() throws {
        let options = try Sample.parse(["-ql"]).options
        #expect(options.isQuiet && options.isLoud)
        let named = try Sample.parse(["-qnq"]).options
        #expect(named.isQuiet && named.name == Array("q".utf8), "what follows a letter that takes a value is its value")
    }

    @Test("a switch has an opposite where it makes sense, and the last one counts")
    func switches() throws {
        #expect(try Sample.parse([]).options.streams == nil)
        #expect(try Sample.parse(["--stream"]).options.streams == true)
        #expect(try Sample.parse(["--no-stream"]).options.streams == false)
        #expect(try Sample.parse(["--no-stream", "--stream"]).options.streams == true)
        #expect(try Sample.parse(["--stream", "--no-stream"]).options.streams == false)
        #expect(try Sample.parse(["--echo"]).options.fields["echo"] == [.bool(true)])
    }

    @Test("a value that may be left out stands only after an equals sign")
    func optionalValues() throws {
        #expect(try Sample.parse([]).options.preview == nil)
        #expect(try Sample.parse(["--preview=body"]).options.preview == "body")
        let (options, outcome) = try Sample.parse(["--preview", "body"])
        #expect(options.preview == "" && outcome.operands == [Array("body".utf8)])
        #expect(try Sample.parse(["-pq"]).options.preview == "" && Sample.parse(["-pq"]).options.isQuiet)
        #expect(Sample.problem(with: ["--preview=foot"]) == "--preview: 'foot' is not one of body, head")
    }

    @Test("a repeatable flag adds, in the order given; any other keeps its last value")
    func repeats() throws {
        let options = try Sample.parse(["--stop", "b", "-s1", "--stop", "a", "-s2"]).options
        #expect(options.fields["stop"] == [.characters("b"), .characters("a")])
        #expect(options.fields["seed"] == [.integer(2)])
    }

    @Test("what was given is known by its long name")
    func given() throws {
        #expect(try Sample.parse(["-qt1", "--no-stream", "x"]).outcome.given == ["quiet", "temperature", "stream"])
    }

    @Test("a value that is not UTF-8 is kept byte for byte where any bytes go, and refused with its offset elsewhere")
    func bytes() throws {
        let section = Section<Sample>("Files", [Flag("file", takes: .file, "File.") { $0.name = $1 }])
        var options = Sample()
        _ = try Parser([section]).parse([Array("--file=a".utf8) + [0xFF, 0x0A]], into: &options)
        #expect(options.name == [0x61, 0xFF, 0x0A])
        let error = #expect(throws: UsageError.self) {
            try Parser(Sample.sections).parse([Array("--stop".utf8), Array("ab".utf8) + [0xE5, 0xA4]], into: &options)
        }
        #expect(error?.message == "--stop: the text is not UTF-8 at byte 2")
    }
}
