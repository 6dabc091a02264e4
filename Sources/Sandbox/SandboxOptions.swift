import Flags

/// What the sandbox's command line says.
struct SandboxOptions: Sendable {
    var host = ""
    var port = 0
    /// A text to train on; nil for the one that is built in.
    var corpus: [UInt8]?
    /// The only key that is accepted.
    var requiredKey: String?
    /// The limits that are enforced.
    var limits = Quota.Limits()
    /// The time before each response.
    var latency: Duration?
    /// What is to go wrong.
    var faults: [Fault] = []

    /// Its flags.
    static let sections: [Section<SandboxOptions>] = [
        Section(
            "Serving",
            [
                Flag(
                    "host", takes: .text(name: "ADDRESS"), defaultValue: "127.0.0.1",
                    "IP address to listen on"
                ) {
                    $0.host = String(decoding: $1, as: UTF8.self)
                },
                Flag(
                    "port", takes: .integer(in: 0...65535), defaultValue: "0",
                    "Port to listen on",
                    details: "0 picks a free one."
                ) { $0.port = $1 },
                Flag(
                    "corpus", takes: .file,
                    "UTF-8 text to train the model on",
                    details: "By default the built-in one."
                ) {
                    $0.corpus = $1
                },
                Flag(
                    "require-key", takes: .text(name: "KEY"),
                    "API key to require",
                    details: "Requests with another get status 401. By default any key is accepted, and none."
                ) { $0.requiredKey = String(decoding: $1, as: UTF8.self) },
            ]),
        Section(
            "Rate limits",
            [
                Flag(
                    "rpm", takes: .integer(in: 1...1_000_000_000, name: "N"),
                    "Requests per minute to admit",
                    details:
                        "For each model, refilled continuously; more get status 429 with the headers retry-after "
                        + "and retry-after-ms. By default none is refused."
                ) { $0.limits.requestsPerMinute = $1 },
                Flag(
                    "tpm", takes: .integer(in: 1...1_000_000_000, name: "N"),
                    "Tokens per minute to admit",
                    details:
                        "As --rpm. A completion is charged before it is made: the prompt's tokens and max_tokens, "
                        + "or what is left of the context without max_tokens."
                ) { $0.limits.tokensPerMinute = $1 },
                Flag(
                    "latency", takes: .duration,
                    "Time before each response"
                ) { $0.latency = $1 },
            ]),
        Section(
            "Fault injection",
            [
                Flag(
                    "fault", takes: .fault, maxOccurrences: .max,
                    "Fault to inject",
                    details: "SPEC is one of the faults below; several are combined. With :COUNT at its end it is "
                        + "for the first COUNT requests only, as in --fault status=503:2. A count after a URL "
                        + "needs a path before it."
                ) { $0.faults.append($1) }
            ]),
        Section("General", [.help, .version]),
    ]

    /// What help and the manual page say of the program.
    static var outline: CommandOutline {
        CommandOutline(
            "cerebras-sandbox", "Offline server of the completions API with a small language model",
            forms: ["[FLAGS]", "[FLAGS] -- COMMAND [ARGUMENTS]"],
            shortNote: "Faults, which --help explains: \(FaultKind.all.map(\.usage).joined(separator: ", ")).",
            description: [
                "Prints its URL and serves until it is interrupted. With COMMAND, it runs COMMAND with CEREBRAS_BASE_URL "
                    + "and CEREBRAS_API_KEY set, serves while it runs, and exits with its status.",
                "The model is trained on a text at startup; its log probabilities are real.",
            ],
            sections: sections.map(\.outline),
            lists: [(title: "Faults", terms: FaultKind.all.map { ($0.usage, $0.meaning) })],
            environment: [
                (
                    term: "CEREBRAS_BASE_URL, CEREBRAS_API_KEY",
                    meaning: "Set for COMMAND: the sandbox's URL, and the key of --require-key if given."
                )
            ],
            exitStatus: [
                (term: "0", meaning: "ended by a signal, or help was shown"),
                (term: "1", meaning: "can't serve: the address is in use, or the corpus can't be read"),
                (term: "2", meaning: "invalid command line"),
                (term: "126, 127", meaning: "COMMAND can't be started, or was not found"),
                (term: "others", meaning: "exit status of COMMAND; 128 + N if signal N ended it"),
            ],
            examples: [
                "cerebras-sandbox --port 8080",
                "cerebras-sandbox -- cerebras complete \"Once\" --logprobs 5 -f table",
                "cerebras-sandbox --rpm 1000 --tpm 100000 --latency 200ms --port 8080",
                "cerebras-sandbox --fault status=503:2 -- cerebras complete \"Once\"",
            ])
    }

    /// The manual page, in mdoc.
    static var page: String {
        ManPage.make(
            of: ProgramOutline(outline, commands: []), date: "November 25, 2026", seeAlso: [("cerebras", 1)])
    }
}

extension Value where Parsed == Fault {
    /// A way to misbehave.
    fileprivate static var fault: Value {
        Value(ValueSyntax(.required, name: "SPEC")) { bytes throws(BadValue) in try Fault(bytes) }
    }
}
