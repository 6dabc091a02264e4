import API
import Evaluation
import Flags
import JSON
import Platform
import Rendering

/// `cerebras score`.
enum ScoreCommand {
    /// How many of a text's least likely tokens are shown.
    private static let placeCount = 10

    /// Its flags.
    static let sections: [Section<ScoreOptions>] = [
        .score, .scoreOutput, .scoreChecks, .scoreRequest, Section.connection.within(\.connection), .general,
    ]

    /// What the documents say of it.
    static var outline: CommandOutline {
        CommandOutline(
            "score", "Score continuations of a prompt, or a text",
            forms: ["[PROMPT] --continuation TEXT... [FLAGS]", "--text TEXT [FLAGS]", "--text-file FILE [FLAGS]"],
            description: [
                "With continuations, tells how likely each is after PROMPT: its log probability, in total and per token, "
                    + "character and byte, its perplexity, and its share among the given ones. Without PROMPT, or with -, the "
                    + "prompt is read from standard input. The likeliest by each unit is marked with *.",
                "With --text or --text-file, tells how likely the text is: perplexity, bits per byte, and its least likely "
                    + "places; with --format, each of its tokens, as cerebras show does.",
                "Log probabilities are natural logarithms. A response that can't be trusted, as when the server ignores echo, "
                    + "ends with status 5 and the reason.",
            ],
            sections: sections.map(\.outline),
            lists: OutputOptions.lists.filter { $0.0 == "Columns" },
            environment: ConnectionOptions.environment + ConfigFile.environment
                + [(term: "CEREBRAS_MODEL", meaning: "Model to use, as with --model.")] + OutputOptions.environment,
            files: [ConfigFile.term, ModelCache.term], notes: ScoreManual.parts, exitStatus: ExitStatus.terms,
            examples: [
                "cerebras score \"The sea\" --continuation \" was\" --continuation \" is\"",
                "cerebras score --text-file article.txt --expect 'perplexity<20'",
                "cerebras score --text-file article.txt --format heatmap",
            ])
    }

    /// Scores what the command line names.
    static func run(_ run: inout CommandRun<ScoreOptions>) throws(Failure) -> ExitStatus {
        let (options, context) = (run.options, run.context)
        let output = try run.openOutput(options.output.file)
        let reading = try run.readKey()
        if let warning = reading.warning { run.notes.note(warning) }
        let source = try input(options, run)
        let connection = try options.connection.makeConnection(key: reading.key, context)
        let exchange = run.exchange(by: connection, for: output.reader, isVerbose: options.isVerbose)
        let session = ScoreSession(options, connection, exchange)
        var bytes: [UInt8]
        let problems: [Message?]
        if options.isOfText {
            let (echo, chunk) = try session.echo(source, "the text")
            let score = try session.scored("the text") { () throws(EchoProblem) in
                try TextScore(echo, leastLikely: placeCount)
            }
            bytes = TextScoreView(score, echo, chunk).bytes(options, for: output, context)
            problems = options.expectations.map { expectation in
                expectation.problem(with: score).map { "expected \(expectation.words), got \($0)" }
            }
        } else {
            let (comparison, start) = try compare(source, session, options, run.notes)
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

    /// Reads the prompt or the text.
    private static func input(_ options: ScoreOptions, _ run: CommandRun<ScoreOptions>) throws(Failure) -> ScoreInput {
        var prompts = PromptOptions()
        prompts.sources = options.isOfText ? options.texts : options.prompts
        prompts.allowsEmpty = true
        prompts.dropsFinalNewline = options.dropsFinalNewline
        var reader = PromptReader(run.context, prompts)
        let input: ScoreInput
        switch try reader.read() {
        case .text(let text): input = .text(text)
        case .tokens(let ids): input = .tokens(ids)
        case .texts, .tokenLists: throw .usage(UsageError("more than one prompt"))
        }
        if options.isOfText, input.isEmpty { throw .usage(UsageError("the text is empty")) }
        if !options.isOfText, reader.sawFinalNewline, run.notes.isTerminal {
            run.notes.note("the prompt ends in a newline, which is sent; --chomp drops it")
        }
        return input
    }

    private static func compare(
        _ prompt: ScoreInput, _ session: ScoreSession, _ options: ScoreOptions, _ notes: Notes
    ) throws(Failure) -> (ScoreComparison, startToken: [UInt8]?) {
        guard options.method == .echo else {
            let next = try session.nextToken(after: prompt)
            let scores = options.continuations.map { continuation in
                if case .text(let text) = continuation { next.score(of: text) } else { next.score(of: []) }
            }
            return (ScoreComparison(scores, by: options.normalization), nil)
        }
        var scores: [ContinuationScore] = []
        var start: [UInt8]?
        var alone: EchoedPrompt?
        for continuation in options.continuations {
            let label: Message = "continuation \(quoted: continuation.name)"
            guard let whole = prompt.joined(with: continuation) else { continue }
            let echo = try session.echo(whole, label).prompt
            start = echo.startToken
            let score = try session.scored(label) { () throws(EchoProblem) in
                try echo.score(of: continuation, after: prompt)
            }
            if let score {
                scores.append(score)
                continue
            }
            let known = if let alone { alone } else { try session.echo(prompt, "the prompt").prompt }
            alone = known
            scores.append(
                try session.scored(label) { () throws(EchoProblem) in try echo.score(of: continuation, less: known) })
            notes.note(
                "\(quoted: continuation.name) shares a token with the prompt; its score is log P(prompt + continuation) "
                    + "- log P(prompt)")
        }
        return (ScoreComparison(scores, by: options.normalization), start)
    }
}

extension ScoreInput {
    /// Its text, or its token IDs as `[1,2]`.
    var name: [UInt8] {
        switch self {
        case .text(let text): text
        case .tokens(let ids): Array("[\(ids.map(String.init).joined(separator: ","))]".utf8)
        }
    }
}

extension Command {
    /// Scores continuations or a text.
    static let score = Command("score", outline: ScoreCommand.outline, sections: ScoreCommand.sections) {
        (run) throws(Failure) in try ScoreCommand.run(&run)
    }
}
