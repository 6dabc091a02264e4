import Flags
import Testing

@Suite("Parser")
struct ParserTests {
    private struct Options: Sendable, FieldReceiver {
        var fields: [String: [Scalar]] = [:]
        var name: [UInt8] = []
        var isQuiet = false
        var streams: Bool?

        mutating func receive(_ scalar: Scalar, field: String, isListElement: Bool) {
            fields[field] = isListElement ? fields[field, default: []] + [scalar] : [scalar]
        }
    }

    private static let sections = [
        Section<Options>(
            "All",
            [
                Flag("temperature", short: "t", takes: .number(in: 0...2), sends: "temperature", "Heat."),
                Flag("seed", takes: .integer(), sends: "seed", "Seed."),
                Flag("stop", takes: .text(name: "TEXT"), upTo: 2, sends: "stop", "Stop."),
                Flag("name", short: "n", takes: .text(name: "NAME"), environment: "NAME", standard: "usual", "Name.") {
                    $0.name = $1
                },
                Flag("quiet", short: "q", takes: .switch, "Hush.") { $0.isQuiet = $1 },
                Flag("stream", takes: .negatableSwitch, "Stream.") { $0.streams = $1 },
                .refused("key", "not so"), .help, .version,
            ])
    ]

    private func parse(_ words: String...) throws(UsageError) -> (Options, Parser<Options>.Outcome) {
        var options = Options()
        let outcome = try Parser(Self.sections).parse(words.map { Array($0.utf8) }, into: &options)
        return (options, outcome)
    }

    private func message(_ words: String...) -> String? {
        var options = Options()
        do throws(UsageError) {
            _ = try Parser(Self.sections).parse(words.map { Array($0.utf8) }, into: &options)
            return nil
        } catch {
            return [error.message, error.hint].compactMap(\.self).joined(separator: " | ")
        }
    }

    @Test func valuesStandInEveryUsualPlace() throws {
        for words in [
            ["--temperature=0.2"], ["--temperature", "0.2"], ["-t0.2"], ["-t", "0.2"], ["-qt0.2"], ["-qt", "0.2"],
        ] {
            var options = Options()
            _ = try Parser(Self.sections).parse(words.map { Array($0.utf8) }, into: &options)
            #expect(options.fields["temperature"] == [.number(0.2)], "\(words)")
        }
    }

    @Test func negativeNumbersAreValues() throws {
        #expect(try parse("--seed", "-5").0.fields["seed"] == [.integer(-5)])
    }

    @Test func aValueMayLookLikeAFlag() throws {
        #expect(try parse("--stop", "--quiet").0.fields["stop"] == [.text(Array("--quiet".utf8))])
        #expect(try parse("--stop", "--").0.fields["stop"] == [.text(Array("--".utf8))])
        #expect(message("--stop=") == "--stop: '' is empty")
    }

    @Test func flagsStandBeforeAndAfterOperands() throws {
        let (options, outcome) = try parse("one", "-q", "two", "--", "-t", "--")
        #expect(
            options.isQuiet
                && outcome.operands.map { String(decoding: $0, as: UTF8.self) } == ["one", "two", "-t", "--"])
    }

    @Test func aDashIsAnOperand() throws {
        #expect(try parse("-").1.operands == [Array("-".utf8)])
    }

    @Test func switchesHaveOpposites() throws {
        #expect(try parse("--stream").0.streams == true && parse("--no-stream").0.streams == false)
        #expect(try parse("--no-stream", "--stream").0.streams == true, "the last one counts")
    }

    @Test func wrongFlagsAreExplained() {
        #expect(message("--temprature", "1") == "unknown flag '--temprature' | did you mean --temperature?")
        #expect(message("--no-quiet") == "unknown flag '--no-quiet' | an argument that begins with '-' goes after '--'")
        #expect(message("-x") == "unknown flag '-x' | an argument that begins with '-' goes after '--'")
        #expect(message("--quiet=1") == "--quiet takes no value")
        #expect(message("--seed") == "--seed needs a value | as in --seed N")
        #expect(message("-t9") == "-t: '9' is not a number from 0 to 2")
        #expect(message("--seed", "1.5") == "--seed: '1.5' is not a whole number")
        #expect(message("--stop", "a", "--stop", "b", "--stop", "c") == "--stop was given more than 2 times")
        #expect(message("--key", "secret") == "--key is not a flag | not so")
        #expect(message("--key=secret") == "--key is not a flag | not so")
    }

    @Test func helpIsFoundWhateverElseIsWrong() throws {
        #expect(try parse("--bogus", "--help").1.request == .help)
        #expect(try parse("-t", "9", "-V").1.request == .version)
        #expect(throws: UsageError.self) { try parse("--bogus", "--", "--help") }
    }

    @Test func bytesThatAreNotUTF8AreToldByOffset() {
        var options = Options()
        let error = #expect(throws: UsageError.self) {
            try Parser(Self.sections).parse([Array("--stop=ab".utf8) + [0xFF]], into: &options)
        }
        #expect(error?.message == "--stop: the text is not UTF-8 at byte 2")
    }

    @Test func variablesFillWhatTheCommandLineLeavesOpen() throws {
        func name(_ words: [String], _ variable: String?) throws -> String {
            var options = Options()
            let parser = Parser(Self.sections)
            try parser.fillStandards(of: &options)
            let outcome = try parser.parse(words.map { Array($0.utf8) }, into: &options)
            try parser.readEnvironment(
                { $0 == "NAME" ? variable.map { Array($0.utf8) } : nil }, into: &options, besides: outcome.given)
            return String(decoding: options.name, as: UTF8.self)
        }
        #expect(try name(["-n", "given"], "variable") == "given")
        #expect(try name([], "variable") == "variable")
        #expect(try name([], "") == "usual")
        #expect(try name([], nil) == "usual")
    }
}
