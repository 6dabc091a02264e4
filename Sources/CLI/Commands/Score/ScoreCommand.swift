import API
import Batch
import Client
import Evaluation
import Flags
import JSON
import Platform
import Rendering

/// `cerebras score`.
enum ScoreCommand {
    /// How many of a text's least likely tokens are shown.
    private static let placeCount = 10

    /// What its short help shows.
    private static let commonFlags = [
        "continuation", "text", "text-file", "rows", "normalize", "format", "output", "expect", "model", "base-url",
        "profile",
    ]

    /// Its flags.
    static let sections: [Section<ScoreOptions>] = [
        .score, .scoreOutput, .scoreChecks, .scoreRows, .scoreResults, Section.pace.within(\.pace), .scoreRequest,
        Section.patientConnection.within(\.connection), .general,
    ]

    /// What the documents say of it.
    static var outline: CommandOutline {
        CommandOutline(
            "score", "Score continuations of a prompt, or a text",
            forms: [
                "[PROMPT] --continuation TEXT... [FLAGS]", "--text TEXT [FLAGS]", "--text-file FILE [FLAGS]",
                "--rows FILE [FLAGS]",
            ], ownFlags: commonFlags,
            description: [
                "With continuations, tells how likely each is after PROMPT: its log probability, in total and per token, "
                    + "character and byte, its perplexity, and its share among the given ones. Without PROMPT, or with -, the "
                    + "prompt is read from standard input. The likeliest by each unit is marked with *.",
                "With --text or --text-file, tells how likely the text is: perplexity, bits per byte, and its least likely "
                    + "places; with --format, each of its tokens, as cerebras show does.",
                "With --rows, does so for each row of FILE, a line of JSON: {\"prompt\", \"continuations\": [...], \"answer\"} or "
                    + "{\"text\"}. With --output the records are appended to a file, from which the same command continues "
                    + "after it was interrupted; without, they are written to standard output in the order of the rows.",
                "Log probabilities are natural logarithms. A response that can't be trusted, as when the server ignores echo, "
                    + "ends with status 5 and the reason.",
            ],
            sections: sections.map(\.outline),
            lists: OutputOptions.lists.filter { $0.0 == "Columns" },
            environment: ConnectionOptions.environment + ConfigFile.environment
                + [(term: "CEREBRAS_MODEL", meaning: "Model to use, as with --model.")] + OutputOptions.environment,
            files: [ConfigFile.term, ModelCache.term, ModelPrices.term], notes: ScoreManual.parts,
            exitStatus: ExitStatus.terms,
            examples: [
                "cerebras score \"The sea\" --continuation \" was\" --continuation \" is\"",
                "cerebras score --text-file article.txt --expect 'perplexity<20'",
                "cerebras score --text-file article.txt --format heatmap",
                "cerebras score --rows questions.jsonl -o scores.jsonl",
            ])
    }

    /// Scores what the command line names.
    static func run(_ run: inout CommandRun<ScoreOptions>) throws(Failure) -> ExitStatus {
        if run.options.rowsFile != nil { return try runRows(&run) }
        let (options, context) = (run.options, run.context)
        let output = try run.openOutput(options.output.file)
        let reading = try run.readKey()
        if let warning = reading.warning { run.notes.note(warning) }
        let source = try input(options, run)
        let question: ScoreQuestion =
            options.isOfText ? .text(source) : .continuations(options.continuations, of: source)
        let connection = try options.connection.makeConnection(key: reading.key, context)
        let exchange = run.exchange(by: connection, for: output.reader, isVerbose: options.isVerbose)
        let session = ScoreSession(options, connection, exchange)
        var bytes: [UInt8]
        let problems: [Message?]
        switch try session.score(question, placeCount: placeCount) {
        case .text(let score, let echo, let chunk):
            bytes = TextScoreView(score, echo, chunk).bytes(options, for: output, context)
            problems = options.expectations.map { expectation in
                expectation.problem(with: score).map { "expected \(expectation.words), got \($0)" }
            }
        case .continuations(let scores, let start):
            for score in scores where score.straddles {
                run.notes.note(
                    "\(quoted: score.continuation.name) shares a token with the prompt; its score is "
                        + "log P(prompt + continuation) - log P(prompt)")
            }
            let comparison = ScoreComparison(scores, by: options.normalization)
            let view = ScoreView(comparison, prompt: source, method: options.method, startToken: start)
            bytes = view.bytes(options, for: output, context)
            problems = options.expectations.map { expectation in
                expectation.problem(with: comparison).map { "expected \(expectation.words), got \($0)" }
            }
        }
        try output.flush(&bytes)
        try run.commitOutput()
        let found = problems.compactMap(\.self)
        if !found.isEmpty { throw .unexpected("\(found.joined(separator: "; ")) (--expect)") }
        return .done
    }

    /// Scores the rows of a file, counts them, or compares results with them.
    private static func runRows(_ run: inout CommandRun<ScoreOptions>) throws(Failure) -> ExitStatus {
        let options = run.options
        switch options.task {
        case .run:
            let reading = try run.readKey()
            if let warning = reading.warning { run.notes.note(warning) }
            let connection = try options.connection.makeConnection(key: reading.key, run.context)
            let task = ScoreTask(options, connection, run.notes.secrets)
            let batch = try BatchRun(run, try BatchRows(options, run), by: task) {
                task.tally.supplement(options.expectations, by: options.normalization)
            }
            try batch.perform(on: run.transport(for: connection, batch.reader))
        case .preview: try BatchPreview.print(run)
        case .verify: return try BatchVerification(run).perform()
        }
        return .done
    }

    /// Reads the prompt or the text.
    private static func input(_ options: ScoreOptions, _ run: CommandRun<ScoreOptions>) throws(Failure) -> ScoreInput {
        var prompts = PromptOptions()
        prompts.sources = options.isOfText ? options.texts : options.prompts
        prompts.allowsEmpty = true
        prompts.dropsFinalNewline = options.dropsFinalNewline
        var reader = PromptReader(run.context, prompts, calling: options.isOfText ? "text" : "prompt")
        let input: ScoreInput
        switch try reader.read() {
        case .text(let text): input = .text(text)
        case .tokens(let ids): input = .tokens(ids)
        case .texts, .tokenLists: throw .usage(UsageError("more than one prompt"))
        }
        if options.isOfText, input.isEmpty { throw .usage(UsageError("the text is empty")) }
        if !options.isOfText, reader.sawFinalNewline {
            run.notes.note("the prompt ends in a newline, which is sent; --chomp drops it")
        }
        return input
    }
}

extension Command {
    /// Scores continuations or a text.
    static let score = Command("score", outline: ScoreCommand.outline, sections: ScoreCommand.sections) {
        (run) throws(Failure) in try ScoreCommand.run(&run)
    }
}
