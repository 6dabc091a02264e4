import API
import Batch
import Client
import Flags
import Platform

/// `cerebras batch`.
enum BatchCommand {
    /// Its flags.
    static let sections: [Section<BatchOptions>] = [
        Section.rows.within(\.rows), Section.results.within(\.results), Section.pace.within(\.pace), .task,
        Section.batchSampling.within(\.request), Section.checks.within(\.checks), Section.body.within(\.request),
        Section.patientConnection.within(\.connection), .general,
    ]

    /// The names of the flags that mean something to `--verify`: those that requests are made of, and how their rows are
    /// read. The others say how requests are sent, and where results go.
    static let verificationFlags: Set<String> = {
        let whole: [Section<BatchOptions>] = [
            Section.rows.within(\.rows), Section.batchSampling.within(\.request), Section.checks.within(\.checks),
            .general,
        ]
        let names = Set(whole.flatMap(\.flags).map(\.name)).subtracting(["group-prefixes", "stream"])
        return names.union(["verify", "keep-foreign", "summary", "escapes", "quiet", "timeout"])
    }()

    /// Command lines worth trying.
    static let examples = [
        "cerebras batch prompts.jsonl -o results.jsonl --max-tokens 64",
        "cerebras batch prompts.jsonl --dry-run --max-tokens 64 --rpm 60",
        "cerebras batch --input-format lines --text <prompts.txt >texts",
        "cerebras batch prompts.jsonl --verify results.jsonl --max-tokens 64",
    ]

    /// What its short help shows.
    private static let commonFlags = [
        "input-format", "output", "text", "concurrency", "rpm", "tpm", "dry-run", "model", "max-tokens", "temperature",
        "seed",
        "stop", "logprobs", "base-url", "profile",
    ]

    /// What it reads and writes.
    private static let description = [
        "FILE, or standard input, holds a row for each request: by default a line of JSON, which is a prompt, or an object of "
            + "request body fields with an optional custom_id, or a line of a batch API: {\"custom_id\", \"method\", "
            + "\"url\", \"body\"}. Flags give what rows leave out.",
        "With --output the results are appended to a file, from which the same command continues after it was interrupted, "
            + "whatever interrupted it: each row is completed once. Without, they are written to standard output in the order of "
            + "the rows.",
    ]

    /// Takes the texts out of a result file, a line for each row.
    static let textFilter = "jq '.response.body.choices[0].text'"

    /// How others compute what follows `batch_req_` in the `id` of the worked example's first row, and what that is.
    static let digestRecipe = [
        #"$ printf %s '{"model":"gpt-oss-120b","prompt":"Once upon a time",' \"#,
        #"    '"max_tokens":64}' | sha256sum"#,
    ]
    /// The hexadecimal digits that the recipe prints.
    static let digestExample = "5cd98b55357dc2268679f7f87479db5ff537023313bcebe9d52b58a13915179c"

    /// What the manual page says beyond the flags.
    private static let manual = [
        ManualPart(
            "Worked example",
            .paragraphs(["Five hundred prompts, from a trial to the texts:"]),
            .lines([
                "$ head -1 prompts.jsonl",
                "{\"custom_id\":\"q1\",\"prompt\":\"Once upon a time\"}",
                "$ cerebras batch prompts.jsonl --max-tokens 64 --dry-run",
                "$ cerebras batch prompts.jsonl --max-tokens 64 -o results.jsonl",
            ]),
            .paragraphs([
                "If the command is interrupted, by Ctrl-C, a lost machine or kill -9, run it again as it was: what is complete "
                    + "in results.jsonl is kept, and the rest is requested. So are rows that failed. To see those first, and "
                    + "to check that nothing is missing:"
            ]),
            .lines([
                "$ jq -c 'select(.error) | [.custom_id, .error.message]' results.jsonl",
                "$ cerebras batch prompts.jsonl --max-tokens 64 --verify results.jsonl",
            ]),
            .paragraphs([
                "The texts, in the order of the input, once with --ordered all rows are complete; each is a JSON string on a "
                    + "line of its own, as texts hold newlines, which jq -r would write as such:"
            ]),
            .lines([
                "$ cerebras batch prompts.jsonl --max-tokens 64 \\",
                "    -o results.jsonl --ordered",
                "$ \(textFilter) results.jsonl",
                "$ cerebras show results.jsonl --id q1",
            ])),
        ManualPart(
            "Rows",
            .paragraphs([
                "A row is known by its custom_id, or else by the number of its line. Lines of JSON with nothing on them but "
                    + "white space are no rows, but keep their numbers; in results that go to standard output an empty line "
                    + "stands in their place, so that line N out belongs to line N in.",
                "With --input-format lines and null a row is a prompt byte for byte: a carriage return before a newline is part "
                    + "of it, and an empty line is an empty prompt, which fails without --allow-empty-prompt.",
                "A row that can't be sent fails alone; --dry-run names the first of them. A file none of whose rows has the "
                    + "field of a --template is refused.",
            ])),
        ManualPart(
            "Results",
            .paragraphs([
                "A row's result is one line of JSON: {\"id\", \"custom_id\", \"response\": {\"status_code\", "
                    + "\"request_id\", \"body\"}, \"error\"}. body is the server's JSON as it came, without line "
                    + "breaks and indentation; a stream is gathered into one. error is null, or the object that complete "
                    + "--json reports. custom_id is the row's, or else its line number.",
                "A result counts for a row only if custom_id and id both agree, so that a changed flag or prompt is noticed: the "
                    + "command then ends with status 2 before anything is sent. id is batch_req_ and the SHA-256 of the request "
                    + "body in JSON: model, prompt, the fields of flags in the order of this page, then the others that the "
                    + "row has, in its order. A row's value stands in the place of a flag's; stream, stream_options and "
                    + "custom_id are left out. There is no white space between tokens; numbers are spelled as they were "
                    + "given; in strings, UTF-8, only quotation marks, backslashes and control characters are escaped, by "
                    + "\\b, \\t, \\n, \\f, \\r or \\u00 and two digits in lower case. The id of the prompt above:",
            ]),
            .lines(digestRecipe + [digestExample + "  -"]),
            .paragraphs([
                "The file is only ever appended to, one whole line at a time, unless failed rows are taken out of it, or old "
                    + "results after --redo-changed, or --ordered sorts it; then it is replaced at once. With --redo-changed an "
                    + "old result stays until the new one is stored: a run that does not end leaves both, and the same command "
                    + "takes out the old ones. A row of a pipe whose request has changed fails, and keeps its result. This differs from complete --output, which replaces a "
                    + "file only once the completion is whole. One run at a time may have it."
            ])),
        ManualPart(
            "Pace",
            .paragraphs([
                "Rate limits are those of --rpm and --tpm and those that the server states in its response headers. A request "
                    + "is counted before it is sent, as the tokens of its prompt and those that it may generate: without "
                    + "--max-tokens that is up to 16,384, and few requests fit into a minute. A wait that the server asks for "
                    + "holds for all rows.",
                "A row is tried again after a failed connection, a timeout, or status 408, 409, 429 or 500 and up, --max-retries "
                    + "times. A refused key, an unknown model, or a server that can't be reached ends the run; the rows that "
                    + "were in flight are left for the next one.",
                "--rpm and --tpm are refilled continuously, as the API's limits are: R requests may be sent at once, and R more over "
                    + "each minute. A run that continues begins with what has been refilled since the last result was written.",
                "Ctrl-C and SIGTERM let the requests in flight finish, SIGTERM for up to 20 seconds, since schedulers kill what "
                    + "has not ended after 30; a second signal drops them. What was written stays, and the exit status is 130 or "
                    + "143.",
            ])),
        ManualPart(
            "On several machines",
            .paragraphs([
                "--shard I/N takes every N-th row, so that N commands with the same FILE complete all of it. --shard auto reads "
                    + "which one it is from Slurm and other engines:"
            ]),
            .lines([
                "$ sbatch --array=0-31 --wrap \"cerebras batch prompts.jsonl \\",
                "    --max-tokens 64 --shard auto -o part-{shard}.jsonl\"",
                "$ cerebras batch prompts.jsonl --max-tokens 64 --verify part-*.jsonl",
            ]),
            .paragraphs([
                "As a filter, without --output, it also works in parallel --pipe, Spark's pipe and Hadoop streaming: one line "
                    + "out for each line in, in order."
            ])),
    ]

    /// The variables it reads.
    private static let environment =
        ConnectionOptions.environment + ConfigFile.environment
        + [(term: "CEREBRAS_MODEL", meaning: "Model to use, as with --model.")]

    /// What the documents say of it.
    static var outline: CommandOutline {
        CommandOutline(
            "batch", "Complete a file of prompts", forms: ["[FILE] [FLAGS]"],
            operand: .files, ownFlags: commonFlags, description: description, sections: sections.map(\.outline),
            environment: environment, files: [ConfigFile.term, ModelPrices.term],
            notes: manual,
            exitStatus: ExitStatus.terms, examples: examples)
    }

    /// Requests the rows, counts them, or compares results with them.
    static func run(_ run: inout CommandRun<BatchOptions>) throws(Failure) -> ExitStatus {
        let options = run.options
        switch options.task {
        case .run:
            let reading = try run.readKey()
            for note in options.request.notes(readsEscapes: options.readsEscapes) { run.notes.note(note) }
            if let warning = reading.warning { run.notes.note(warning) }
            let connection = try options.connection.makeConnection(key: reading.key, run.context)
            let batch = try BatchRun(run, try BatchRows(options, run), by: requests(options, by: connection))
            try batch.perform(on: run.transport(for: connection, batch.reader))
        case .preview: try BatchPreview.print(run)
        case .verify: return try BatchVerification(run).perform()
        }
        return .done
    }

    private static func requests(_ options: BatchOptions, by connection: Connection) -> RowRequests {
        RowRequests(
            options.pace.adapt(connection), encoding: options.request.encoding,
            compression: options.request.compression, streams: options.request.streams ?? false,
            model: options.request.model, isUnexpected: options.isUnexpected)
    }
}

extension Command {
    /// Requests completions for a file of prompts.
    static let batch = Command("batch", outline: BatchCommand.outline, sections: BatchCommand.sections) {
        (run) throws(Failure) in try BatchCommand.run(&run)
    }
}
