import Flags

/// What the sandbox's command line says.
struct SandboxOptions: Sendable {
    var host = ""
    var port = 0
    /// A text to train on; nil for the one that is built in.
    var corpus: [UInt8]?
    /// The only key that is accepted.
    var requiredKey: String?
    /// What is to go wrong.
    var faults: [Fault] = []

    /// Its flags.
    static let sections: [Section<SandboxOptions>] = [
        Section(
            "Serving",
            [
                Flag("host", takes: .text(name: "ADDRESS"), standard: "127.0.0.1", "Listen on this IP address.") {
                    $0.host = String(decoding: $1, as: UTF8.self)
                },
                Flag(
                    "port", takes: .integer(in: 0...65535), standard: "0",
                    "Listen on this port; 0 takes a free one."
                ) { $0.port = $1 },
                Flag("corpus", takes: .file, "Train the model on this UTF-8 text instead of the built-in one.") {
                    $0.corpus = $1
                },
                Flag(
                    "require-key", takes: .text(name: "KEY"),
                    "Answer 401 to every other key.", details: "Without it any key is accepted, and none."
                ) { $0.requiredKey = String(decoding: $1, as: UTF8.self) },
            ]),
        Section(
            "Misbehaving",
            [
                Flag("fault", takes: .fault, upTo: .max, "Let replies go wrong; several faults go together.") {
                    $0.faults.append($1)
                }
            ]),
        Section("General", [.help, .version]),
    ]

    /// The help screen.
    static var help: String {
        var help = HelpText()
        help.add(paragraph: "An offline server of the completions API, with a small language model of its own.")
        help.add("Usage", lines: ["cerebras-sandbox [FLAGS]", "cerebras-sandbox [FLAGS] -- COMMAND [ARGUMENTS]"])
        help.add(
            paragraph: "Serves until it is interrupted and prints its URL first. With COMMAND it serves while that "
                + "runs, with CEREBRAS_BASE_URL and CEREBRAS_API_KEY set, and exits with its status.")
        for section in sections { help.add(section.outline) }
        help.add(
            paragraph: "SPEC is one of the following, and with :COUNT at its end it is for the first COUNT requests "
                + "only, as in --fault status=503:2. A count after a URL needs a path before it.")
        help.add("Faults", terms: FaultKind.all.map { ($0.usage, $0.meaning) })
        return help.text
    }
}

extension Value where Parsed == Fault {
    /// A way to misbehave.
    fileprivate static var fault: Value {
        Value(ValueSyntax(.required, name: "SPEC")) { bytes throws(BadValue) in try Fault(bytes) }
    }
}
