import API
import Evaluation
import Flags
import JSON
import Platform
import Rendering

/// `cerebras diff`.
enum DiffCommand {
    /// Its flags.
    static let sections: [Section<DiffOptions>] = [.diffInput, .diffOutput, .general]

    /// What the documents say of it.
    static let outline = CommandOutline(
        "diff", "Compare two saved responses token by token", forms: ["A B [FLAGS]"], operand: .files,
        description: [
            "A and B each hold one response, in any form that cerebras show reads; one of them may be -, standard input. With "
                + "--id both are files that cerebras batch wrote, and the responses are those of that row. "
                + "Choices are matched by index and compared by tokens if both responses have log probabilities, else by "
                + "token IDs, else by characters.",
            "Reports the first divergence with both texts around it, what each response ranked there and how likely it "
                + "was, how far the log probabilities before it differ, and changed fields such as model, "
                + "system_fingerprint and usage. The exit status is 10 if texts, tokens, finish reasons or sets of choices "
                + "differ; other changes do not count.",
        ],
        sections: sections.map(\.outline), environment: ConfigFile.environment + OutputOptions.environment,
        files: [ConfigFile.term],
        exitStatus: ExitStatus.terms,
        examples: [
            "cerebras complete \"The sea\" --seed 7 --logprobs 5 --json -o one.json",
            "cerebras complete \"The sea\" --seed 7 --logprobs 5 --json -o two.json",
            "cerebras diff one.json two.json", "cerebras diff one.json two.json -f html >diff.html",
            "cerebras diff results.jsonl again.jsonl --id q1",
        ])

    /// Compares the responses that the arguments name.
    static func run(_ run: inout CommandRun<DiffOptions>) throws(Failure) -> ExitStatus {
        let (options, context) = (run.options, run.context)
        let replies = Pair(
            a: try SavedReply(options.names.a, row: options.row, context).whole(),
            b: try SavedReply(options.names.b, row: options.row, context).whole())
        let comparison = ReplyComparison(ComparedReply(replies.a), ComparedReply(replies.b))
        let output = Output(standardOutput: context.output)
        try run.print(bytes(of: comparison, replies, options, for: output, context))
        if options.format == .html, output.isTerminal { run.notes.note(CompletionNotes.page) }
        return comparison.isSame ? .done : .unexpected
    }

    private static func bytes(
        of comparison: ReplyComparison, _ replies: Pair<CompletionChunk>, _ options: DiffOptions,
        for output: Output, _ context: ProcessContext
    ) -> [UInt8] {
        let color = options.color.support(on: output, context)
        switch options.format {
        case .text:
            return Array(comparison.text(options.names, columns: output.columns, color: color).utf8)
        case .html: return comparison.page(options.names, replies).bytes
        case .json:
            let bytes = comparison.json(options.names)
            guard output.isTerminal, let document = try? JSONDocument(parsing: bytes) else { return bytes }
            return TerminalDocument.bytes(of: document.root, color: color) + [UInt8(ascii: "\n")]
        }
    }
}

extension Command {
    /// Compares two saved responses.
    static let diff = Command("diff", outline: DiffCommand.outline, sections: DiffCommand.sections) {
        (run) throws(Failure) in try DiffCommand.run(&run)
    }
}
