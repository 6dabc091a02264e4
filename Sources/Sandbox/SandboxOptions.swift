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
                Flag("host", takes: .text(name: "ADDRESS"), defaultValue: "127.0.0.1", "Listen on this IP address.") {
                    $0.host = String(decoding: $1, as: UTF8.self)
                },
                Flag(
                    "port", takes: .integer(in: 0...65535), defaultValue: "0",
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
                Flag(
                    "fault", takes: .fault, maxOccurrences: .max, "Let replies go wrong; several faults go together.",
                    details: "SPEC is one of those below. With :COUNT at its end it is for the first COUNT requests "
                        + "only, as in --fault status=503:2. A count after a URL needs a path before it."
                ) { $0.faults.append($1) }
            ]),
        Section("General", [.help, .version]),
    ]

    /// What help and the manual page say of the program.
    static var outline: CommandOutline {
        CommandOutline(
            "cerebras-sandbox", "An offline server of the completions API, with a small language model of its own.",
            forms: ["[FLAGS]", "[FLAGS] -- COMMAND [ARGUMENTS]"],
            description: [
                "Serves until it is interrupted and prints its URL first. With COMMAND it serves while that runs, with "
                    + "CEREBRAS_BASE_URL and CEREBRAS_API_KEY set, and exits with its status.",
                "The model is made from a text when the program starts, and its log probabilities are its own.",
            ],
            sections: sections.map(\.outline),
            lists: [(title: "Faults", terms: FaultKind.all.map { ($0.usage, $0.meaning) })],
            environment: [
                (
                    term: "CEREBRAS_BASE_URL, CEREBRAS_API_KEY",
                    meaning: "Set for COMMAND: the sandbox's URL, and the key of --require-key or any."
                )
            ],
            exitStatus: [
                (term: "0", meaning: "asked to end by a signal, or help was shown"),
                (term: "1", meaning: "it can't serve: the address is taken, or the corpus can't be read"),
                (term: "2", meaning: "the command line is wrong"),
                (term: "126, 127", meaning: "COMMAND can't be started, or is not there"),
                (term: "others", meaning: "COMMAND's own; 128 and the signal's number if one ended it"),
            ],
            examples: [
                "cerebras-sandbox --port 8080",
                "cerebras-sandbox -- cerebras complete \"Once upon a time\" --logprobs 5 --format table",
                "cerebras-sandbox --fault status=503:2 -- cerebras complete \"Once upon a time\"",
            ])
    }

    /// The manual page, in mdoc.
    static var page: String {
        ManPage.make(
            of: ProgramOutline(outline, commands: []), date: "November 23, 2026", seeAlso: [("cerebras", 1)])
    }
}

extension Value where Parsed == Fault {
    /// A way to misbehave.
    fileprivate static var fault: Value {
        Value(ValueSyntax(.required, name: "SPEC")) { bytes throws(BadValue) in try Fault(bytes) }
    }
}
