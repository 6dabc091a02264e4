import Flags
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
                + "saved error. A file with several responses is refused.",
        ],
        sections: sections.map(\.outline), lists: OutputOptions.lists,
        environment: ConfigFile.environment + OutputOptions.environment, files: [ConfigFile.term],
        exitStatus: ExitStatus.terms,
        examples: [
            "cerebras complete \"The sea was\" --logprobs 5 --json -o sea.json",
            "cerebras show sea.json --format table",
            "curl -sN https://... | cerebras show",
        ])

    /// Shows the reply that the arguments name.
    static func run(_ arguments: [[UInt8]], _ context: ProcessContext) -> ExitStatus {
        var options = ShowOptions()
        var notes = Notes(context)
        var loss: Message?
        do throws(Failure) {
            let outcome = try Command.parse(arguments, by: sections, context, into: &options)
            guard outcome.request == .run else { return try Command.answer(outcome.request, .show, context) }
            notes.isQuiet = options.output.isQuiet
            notes.isForPrograms = options.output.format.reportsErrorsAsJSON
            Watchdog.report(to: notes)
            for note in outcome.notes { notes.note(note) }
            let reply = try SavedReply(path(outcome.operands, context), context)
            let output = try Output(options.output.file, context)
            output.noteWay(to: notes)
            try show(reply, options, on: output, notes, context, &loss)
            return .done
        } catch {
            notes.isForPrograms = options.output.format.reportsErrorsAsJSON
            notes.report(error)
            if let loss, !error.message.isEmpty { notes.note(loss) }
            return error.status
        }
    }

    /// - Parameter loss: what to say of an output that is dropped.
    private static func show(
        _ reply: SavedReply, _ options: ShowOptions, on output: Output, _ notes: Notes, _ context: ProcessContext,
        _ loss: inout Message?
    ) throws(Failure) {
        var session = ShowSession(reply, options, to: output, context)
        var failure: Failure?
        do throws(Failure) {
            try session.run()
            failure = session.summary.failure
            try output.commit(notes)
        } catch {
            loss = output.discard()
            throw error
        }
        session.summary.reportReasons(options.output.format, to: notes)
        UsageReport(usage: session.summary.usage, timeInfo: session.summary.timeInfo)
            .write(options.output.usage, to: notes)
        if let failure { throw failure }
    }

    private static func path(_ operands: [[UInt8]], _ context: ProcessContext) throws(Failure) -> [UInt8] {
        if operands.count > 1 {
            throw .usage(
                UsageError(
                    "unexpected argument \(quoted: operands[1])", hint: "one response at a time"))
        }
        if let path = operands.first {
            guard !path.isEmpty else { throw .usage(UsageError("'' is not a file name")) }
            return path
        }
        guard !Descriptor.isTerminal(context.input) else {
            throw .usage(
                UsageError("no saved response", hint: "name a file as in: cerebras show reply.json, or pipe one in"))
        }
        return [UInt8(ascii: "-")]
    }
}

extension Command {
    /// Shows a saved reply.
    static let show = Command("show", outline: ShowCommand.outline) { arguments, context, _ in
        ShowCommand.run(arguments, context)
    }
}
