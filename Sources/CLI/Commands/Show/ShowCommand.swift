import API
import Flags
import Logprobs
import Platform
import Rendering

/// `cerebras show`.
enum ShowCommand {
    /// Its flags.
    static let sections: [Section<ShowOptions>] = [
        Section<OutputOptions>.output.within(\.output), Section.checks.within(\.checks), .asked, .general,
    ]

    /// What the documents say of it.
    static let outline = CommandOutline(
        "show", "Show a saved response, offline", forms: ["[FILE|-] [FLAGS]"], operand: .files,
        description: [
            "FILE holds one response, recognized by its content: a JSON response, the chunks of a stream as JSON "
                + "documents (from --format jsonl or jq) or in one array, or a raw stream, with or without its empty "
                + "lines. Response headers before it (curl -i) are skipped; their status is that of an error. Without "
                + "FILE, or with -, standard input is read; a stream is shown as it arrives.",
            "A single document without usage in which all finish reasons are null counts as the first chunk of a "
                + "truncated stream.",
            "Output and exit status are those that cerebras complete would have had, also for a truncated response or a "
                + "saved error. A file with several responses is refused, but --id takes a row of a file that cerebras batch "
                + "wrote.",
        ],
        sections: sections.map(\.outline), lists: OutputOptions.lists,
        environment: ConfigFile.environment + OutputOptions.environment, files: [ConfigFile.term],
        exitStatus: ExitStatus.terms,
        examples: [
            "cerebras complete \"The sea was\" --logprobs 5 --json -o sea.json",
            "cerebras show sea.json --format table",
            "curl -sN https://... | cerebras show", "cerebras show results.jsonl --id q1",
        ])

    /// Shows the response that the arguments name.
    static func run(_ run: inout CommandRun<ShowOptions>) throws(Failure) -> ExitStatus {
        let options = run.options
        let reply = try SavedReply(options.file, row: options.row, run.context)
        let output = try run.openOutput(options.output.file)
        var session = ShowSession(reply, options, to: output, run.context)
        try session.run()
        let record = session.record
        // Checks may take long; if they are interrupted, the output stays as it was.
        let failure = options.checks.failure(of: record)
        try run.commitOutput()
        CompletionNotes(record, to: run.notes).writeReasons(options.output.format, isWatched: output.isTerminal)
        UsageReport(usage: record.progress.usage, timeInfo: record.progress.timeInfo)
            .write(options.output.usage, to: run.notes)
        if let failure { throw failure }
        return .done
    }
}

extension Command {
    /// Shows a saved response.
    static let show = Command("show", outline: ShowCommand.outline, sections: ShowCommand.sections) {
        (run) throws(Failure) in try ShowCommand.run(&run)
    }
}
