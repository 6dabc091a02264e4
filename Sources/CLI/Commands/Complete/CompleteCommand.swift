import API
import Client
import Flags
import JSON
import Logprobs
import Platform

/// `cerebras complete`.
enum CompleteCommand {
    /// Its flags.
    static let sections: [Section<CompleteOptions>] = [
        Section.prompt.within(\.prompt), Section.sampling.within(\.request), .output, Section.checks.within(\.checks),
        .request, Section.connection.within(\.connection), .general,
    ]

    /// Command lines worth trying.
    static let examples = [
        "cerebras complete \"It was a dark and stormy night\" --max-tokens 100",
        "echo -n \"Once upon a time\" | cerebras complete",
        "cerebras complete --prompt-file a.txt --json | jq '.choices[0].text'",
        "cerebras complete \"The sea was\" --logprobs 5 --format table",
    ]

    /// What it does with its operand and without.
    static let description = [
        "PROMPT is sent exactly as given. Without it, and without --prompt or --prompt-file, the prompt is read "
            + "from standard input, as with PROMPT -. -- ends the flags."
    ]

    /// What the manual page says of the bytes that are sent.
    private static let requestBody = ManualPart(
        "Request body",
        .paragraphs([
            "The body is JSON unless --encoding msgpack is given. --compress auto, the default, compresses bodies of 4 KiB "
                + "or more for the vendor's own server; many other servers can't read gzip. --dry-run prints the request, "
                + "--dry-run=body its exact body, and --curl a curl command that sends the same.",
            "Sizes for a prompt of 50,000 token IDs:",
        ]),
        .lines([
            "json              208164 bytes",
            "msgpack           116671 bytes   44 % less",
            "json, gzip        101306 bytes   51 % less",
            "msgpack, gzip      94276 bytes   55 % less",
        ]))

    /// The variables it reads.
    static let environment =
        ConnectionOptions.environment + ConfigFile.environment
        + [(term: "CEREBRAS_MODEL", meaning: "Model to use, as with --model.")] + OutputOptions.environment

    /// What the documents say of it.
    static var outline: CommandOutline {
        CommandOutline(
            "complete", "Complete a prompt", forms: ["[PROMPT] [FLAGS]"], description: description,
            sections: sections.map(\.outline),
            lists: OutputOptions.lists, environment: environment,
            files: [ConfigFile.term, ModelCache.term], notes: [requestBody], exitStatus: ExitStatus.terms,
            examples: examples)
    }

    /// Completes a prompt: key, prompt, request, response, output.
    static func run(_ run: inout CommandRun<CompleteOptions>) throws(Failure) -> ExitStatus {
        let (options, context) = (run.options, run.context)
        let output = try run.openOutput(options.output.file)
        // The key first: reading a prompt may take a person's time.
        let reading = try run.readKey(isShown: options.preview != nil)
        var reader = PromptReader(context, options.prompt)
        let plan = RequestPlan(options, try reader.read(), isWatched: output.isTerminal)
        let connection = try options.connection.makeConnection(key: reading.key, context)
        let display = DisplayPlan(options, plan, on: output, context)
        let notes = options.notes(
            keyWarning: reading.warning, hasFinalNewline: reader.sawFinalNewline, isWatched: run.notes.isTerminal,
            context)
        for note in notes { run.notes.note(note) }
        if let kind = options.preview {
            let preview = try Preview(
                plan, by: connection, options.connection, masking: run.notes.secrets, isGuarded: display.isGuarded
            ).make(kind)
            var bytes = preview.bytes
            try output.flush(&bytes)
            try run.commitOutput()
            for note in preview.notes { run.notes.note(note) }
            return .done
        }
        let record = try complete(plan, by: connection, display, on: output, run)
        // Checks may take long; if the time is over before they are through, the output stays as it was.
        let failure = options.checks.failure(of: record)
        try run.commitOutput()
        if let failure { throw failure }
        return .done
    }

    private static func complete(
        _ plan: RequestPlan, by connection: Connection, _ display: DisplayPlan, on output: Output,
        _ run: CommandRun<CompleteOptions>
    ) throws(Failure) -> CompletionRecord {
        let (options, payload) = (run.options, try plan.payload(for: connection.baseURL))
        let exchange = run.exchange(by: connection, for: output.reader, isVerbose: options.isVerbose)
        var output = output
        output.sign = exchange.sign
        let expectation = ReplyExpectation(connection, choiceCount: plan.request.choiceCount, streams: plan.streams)
        let reply = try exchange.run(connection.completion(payload), remark: "* \(own: payload.summary)") {
            [output] now in
            ReplyCollector(expectation, into: ReplyWriter(display, to: output), now: now)
        }
        if let failure = reply.sink.failure { throw failure }
        let record = reply.sink.record
        CompletionNotes(record, to: run.notes).write(for: display)
        guard options.output.usage != nil else { return record }
        let price = ModelPrices.price(of: options.request.model, at: connection.baseURL, run.context)
        UsageReport(
            usage: record.progress.usage, timeInfo: record.progress.timeInfo, limits: reply.head?.rateLimits ?? [],
            requestID: reply.head?.requestID, firstToken: reply.timing.firstToken, total: reply.timing.total,
            payload: payload, cost: price?.cost(of: record.progress.usage)
        ).write(options.output.usage, to: run.notes)
        return record
    }
}

extension Command {
    /// Completes a prompt.
    static let complete = Command("complete", outline: CompleteCommand.outline, sections: CompleteCommand.sections) {
        (run) throws(Failure) in try CompleteCommand.run(&run)
    }
}
