import Flags
import Platform

/// A command with a flag of every kind.
struct Sample: Sendable, FieldReceiver {
    var fields: [String: [Scalar]] = [:]
    var name: [UInt8] = []
    var isQuiet = false
    var isLoud = false
    var streams: Bool?
    var timeout: Duration?
    var words: [[UInt8]] = []
    /// nil when not given, empty when given without a value.
    var preview: String?

    mutating func receive(_ scalar: Scalar, field: String, isListElement: Bool) {
        fields[field] = isListElement ? fields[field, default: []] + [scalar] : [scalar]
    }

    static let sections = [
        Section<Sample>(
            "Fields",
            [
                Flag("temperature", short: "t", takes: .number(in: 0...2), sends: "temperature", "Heat"),
                Flag("seed", short: "s", takes: .integer(), sends: "seed", "Seed"),
                Flag("logprobs", takes: .integer(in: 0...20), sends: "logprobs", defaultValue: "3", "Probabilities"),
                Flag("stop", takes: .text(name: "TEXT"), maxOccurrences: 2, sends: "stop", "Stop"),
                Flag("echo", takes: .switch, sends: "echo", "Echo"),
                Flag(
                    "kind",
                    takes: .choice(
                        of: [NamedValue("plain", "As it is"), NamedValue("fancy", "With a frill"), "unnamed"],
                        name: "KIND"),
                    sends: "kind", "Kind", details: "Of three."),
            ]),
        Section<Sample>(
            "Program",
            [
                Flag(
                    "name", short: "n", takes: .text(name: "NAME"), environment: "NAME", defaultValue: "usual", "Name"
                ) {
                    $0.name = $1
                },
                Flag("timeout", takes: .duration, environment: "TIMEOUT", "Limit") { $0.timeout = $1 },
                Flag("word", takes: .text(name: "WORD", isEmptyAllowed: true), "Word") { $0.words.append($1) },
                Flag("quiet", short: "q", takes: .switch, "Hush") { $0.isQuiet = $1 },
                Flag("loud", short: "l", takes: .switch, "Shout") { $0.isLoud = $1 },
                Flag("stream", takes: .negatableSwitch, "Stream") { $0.streams = $1 },
                Flag("preview", short: "p", takes: .optionalChoice(of: ["body", "head"]), "Preview") {
                    $0.preview = $1 ?? ""
                },
                .refused("key", Refusal(onCommandLine: "a key shows in process lists", inConfig: "a key is in a file")),
                .help, .version,
            ]),
    ]

    /// What an argument list makes of it.
    static func parse(_ words: [String]) throws(UsageError) -> (options: Sample, outcome: Parser<Sample>.Outcome) {
        var options = Sample()
        let outcome = try Parser(sections).parse(words.map { Array($0.utf8) }, into: &options)
        return (options, outcome)
    }

    /// What is wrong with an argument list: the message, and the hint after a bar.
    static func problem(with words: [String]) -> String? {
        do throws(UsageError) {
            _ = try parse(words)
            return nil
        } catch {
            return [error.message, error.hint].compactMap { $0?.shown }.joined(separator: " | ")
        }
    }
}

extension Scalar {
    /// Text from a string.
    static func characters(_ text: String) -> Scalar { .text(Array(text.utf8)) }
}
