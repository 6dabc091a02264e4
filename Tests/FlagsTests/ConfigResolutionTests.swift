import Platform
import Testing

@testable import Flags

@Suite("What wins: the command line, a variable, a configuration, the default")
struct ConfigResolutionTests {
    /// What another command has: `other` for a configuration, `once` not.
    private static let others = Section<Sample>(
        "Others",
        [
            Flag("other", takes: .negatableSwitch, "Other.") { $0.isQuiet = $1 },
            Flag("once", takes: .switch, isConfigurable: false, "Once.") { $0.isQuiet = $1 },
        ]
    ).outline.flags

    private func resolve(
        _ config: String, _ words: [String] = [], _ variables: [String: String] = [:]
    ) throws -> (options: Sample, settings: [String]) {
        var options = Sample()
        let parser = Parser(Sample.sections)
        let arguments = words.map { Array($0.utf8) }
        var probe = options
        let source = try ConfigSource(
            file: "f", lines: ConfigDocument(parsing: Array(config.utf8)).lines(for: nil), others: Self.others,
            example: "seed 7")
        let outcome = try parser.resolve(
            arguments, given: parser.parse(arguments, into: &probe).given, config: source,
            { variables[$0].map { Array($0.utf8) } }, into: &options)
        return (options, parser.settings(of: outcome).map(Self.text))
    }

    private static func text(_ setting: Setting) -> String {
        let value = setting.value.map { String(decoding: $0, as: UTF8.self) } ?? (setting.isNegated ? "off" : "on")
        switch setting.source {
        case .commandLine: return "\(setting.name) \(value)"
        case .variable(let name): return "\(setting.name) \(value) \(name)"
        case .config(let file, let line, _): return "\(setting.name) \(value) \(file):\(line)"
        case .defaultValue: return "\(setting.name) \(value) default"
        }
    }

    private func problem(_ config: String, _ words: [String] = []) -> String? {
        do {
            _ = try resolve(config, words)
            return nil
        } catch {
            let error = error as? UsageError
            return [error?.message, error?.hint].compactMap { $0?.shown }.joined(separator: " | ")
        }
    }

    @Test("each is stronger than the next")
    func precedence() throws {
        let config = "name c"
        let all = try resolve(config, ["--name", "a"], ["NAME": "b"])
        #expect(all.options.name == Array("a".utf8))
        #expect(all.settings == ["logprobs 3 default", "name a"])
        #expect(try resolve(config, [], ["NAME": "b"]).settings.last == "name b NAME")
        #expect(try resolve(config, [], ["NAME": ""]).settings.last == "name c f:1")
        #expect(try resolve("", [], [:]).settings.last == "name usual default")
    }

    @Test("the last of several lines counts, of a list all do, and the command line's stand in place of them")
    func several() throws {
        #expect(try resolve("seed 1\nseed 2").settings.contains("seed 2 f:2"))
        let list = try resolve("stop a\nstop b")
        #expect(list.options.fields["stop"] == [.characters("a"), .characters("b")])
        #expect(list.settings.filter { $0.hasPrefix("stop") } == ["stop a f:1", "stop b f:2"])
        #expect(try resolve("stop a\nstop b", ["--stop", "c"]).options.fields["stop"] == [.characters("c")])
    }

    @Test("a switch is on, or off when it is negated; a value is what it is, even 'no'")
    func switches() throws {
        #expect(
            try resolve("stream\nquiet\nword no\npreview").settings.suffix(4) == [
                "word no f:3", "quiet on f:2", "stream on f:1", "preview on f:4",
            ])
        #expect(try resolve("stream", ["--no-stream"]).settings.last == "stream off")
        #expect(try resolve("no-stream").options.streams == false)
        #expect(try resolve("preview body").options.preview == "body")
    }

    @Test("a line that can't be obeyed is an error, also where something stronger wins")
    func problems() {
        #expect(problem("seed 1\ntemperature 7") == "f:2: --temperature: '7' is not in 0..2")
        #expect(problem("seed x", ["--seed", "1"]) == "f:1: --seed: 'x' is not a whole number")
        #expect(problem("stop a\nstop b\nstop c") == "f:3: --stop was given more than 2 times")
        #expect(problem("seed") == "f:1: --seed needs a value | as in seed N")
        #expect(problem("quiet yes") == "f:1: --quiet takes no value")
        #expect(problem("help") == "f:1: 'help' is for the command line only")
    }

    @Test("other commands' flags are skipped; an unknown setting is repeated only if it is close to a flag")
    func strangers() {
        #expect(problem("other\nno-other") == nil)
        #expect(problem("once") == "f:1: 'once' is for the command line only")
        #expect(
            problem("no-seed 1") == "f:1: unknown setting | a line holds a flag and its value, such as seed 7")
        #expect(problem("sede 1") == "f:1: unknown setting 'sede' | did you mean seed?")
        #expect(
            problem("csk-12345") == "f:1: unknown setting | a line holds a flag and its value, such as seed 7")
        #expect(problem("key csk-12345")?.contains("csk") == false)
    }
}
