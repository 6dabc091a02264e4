import Evaluation
import Flags
import Platform
import Rendering

/// `cerebras diff`.
enum DiffCommand {
    /// What its command line says.
    struct Options {
        var isJSON = false
    }

    /// Its flags.
    static let sections: [Section<Options>] = [
        Section(
            "Output",
            [
                Flag(
                    "format", short: "f",
                    takes: .choice(
                        of: [NamedValue("text", "Readable report"), NamedValue("json", "One JSON object on one line")],
                        name: "FORMAT"), defaultValue: "text",
                    isCommon: true, isConfigurable: false,
                    "Output format"
                ) { $0.isJSON = $1 == "json" },
                Flag(
                    "json", takes: .switch, isCommon: true, isConfigurable: false,
                    "Same as --format json"
                ) { $0.isJSON = $1 },
            ]), .general,
    ]

    /// What the documents say of it.
    static let outline = CommandOutline(
        "diff", "Compare two saved responses token by token", forms: ["A B [FLAGS]"], operand: .files,
        description: [
            "A and B each hold one response, in any form that cerebras show reads; one of them may be -, standard input. "
                + "Choices are matched by index and compared by tokens if both responses have log probabilities, else by "
                + "token IDs, else by characters.",
            "Reports the first divergence, what each response ranked there and how likely it was, how far the log "
                + "probabilities before it differ, and changed fields such as model, system_fingerprint and usage. The "
                + "exit status is 10 if texts, tokens, finish reasons or sets of choices differ; other changes do not count.",
        ],
        sections: sections.map(\.outline), environment: ConfigFile.environment, files: [ConfigFile.term],
        exitStatus: ExitStatus.terms,
        examples: [
            "cerebras complete \"The sea was\" --seed 7 --logprobs 5 --json -o one.json",
            "cerebras complete \"The sea was\" --seed 7 --logprobs 5 --json -o two.json",
            "cerebras diff one.json two.json",
        ])

    /// Compares the replies that the arguments name.
    static func run(_ arguments: [[UInt8]], _ context: ProcessContext) -> ExitStatus {
        var options = Options()
        var notes = Notes(context)
        do throws(Failure) {
            let outcome = try Command.parse(arguments, by: sections, context, into: &options)
            guard outcome.request == .run else { return try Command.answer(outcome.request, .diff, context) }
            notes.isForPrograms = options.isJSON
            Watchdog.report(to: notes)
            let names = try names(outcome.operands)
            let a = ComparedReply(try SavedReply(names.a, context).whole())
            let comparison = ReplyComparison(a, ComparedReply(try SavedReply(names.b, context).whole()))
            let output = Output(standardOutput: context.output)
            var bytes = options.isJSON ? comparison.json(names) : Array(comparison.text(names).utf8)
            if options.isJSON, output.isTerminal { bytes = TerminalDocument.lines(bytes) }
            try output.flush(&bytes)
            return comparison.isSame ? .done : .unexpected
        } catch {
            notes.isForPrograms = options.isJSON
            notes.report(error)
            return error.status
        }
    }

    private static func names(_ operands: [[UInt8]]) throws(Failure) -> Pair<[UInt8]> {
        guard operands.count == 2 else {
            let problem: Message =
                operands.count < 2
                ? "two saved responses are needed" : "unexpected argument \(quoted: operands[2])"
            throw .usage(UsageError(problem, hint: "as in: cerebras diff one.json two.json"))
        }
        if operands.contains([]) { throw .usage(UsageError("'' is not a file name")) }
        if operands.allSatisfy({ $0.elementsEqual("-".utf8) }) {
            throw .usage(UsageError("standard input can be read only once, but '-' is given twice"))
        }
        return Pair(a: operands[0], b: operands[1])
    }
}

extension Command {
    /// Compares two saved replies.
    static let diff = Command("diff", outline: DiffCommand.outline) { arguments, context, _ in
        DiffCommand.run(arguments, context)
    }
}
