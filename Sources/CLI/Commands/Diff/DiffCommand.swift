import API
import Evaluation
import Flags
import JSON
import Platform
import Rendering

/// `cerebras diff`.
enum DiffCommand {
    /// What the comparison is written as.
    enum Format: String, CaseIterable {
        case text, json, html

        /// One line for the documents.
        var summary: String {
            switch self {
            case .text: "Readable report"
            case .json: "One JSON object"
            case .html: "Self-contained web page, both texts side by side"
            }
        }
    }

    /// What its command line says.
    struct Options {
        var format = Format.text
        var color = ColorChoice.auto
    }

    /// The columns of a report that goes to no terminal.
    private static let usualWidth = 80

    /// Its flags.
    static let sections: [Section<Options>] = [
        Section(
            "Output",
            [
                Flag(
                    "format", short: "f",
                    takes: .choice(of: Format.allCases.map { NamedValue($0.rawValue, $0.summary) }, name: "FORMAT"),
                    defaultValue: Format.text.rawValue, isCommon: true, isConfigurable: false,
                    "Output format"
                ) { $0.format = Format(rawValue: $1) ?? $0.format },
                Flag(
                    "json", takes: .switch, isCommon: true, isConfigurable: false, overrideGroup: "format",
                    "Same as --format json"
                ) { options, _ in options.format = .json },
                Flag<ColorChoice>.color.within(\.color),
            ]), .general,
    ]

    /// What the documents say of it.
    static let outline = CommandOutline(
        "diff", "Compare two saved responses token by token", forms: ["A B [FLAGS]"], operand: .files,
        description: [
            "A and B each hold one response, in any form that cerebras show reads; one of them may be -, standard input. "
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
            "cerebras complete \"The sea was\" --seed 7 --logprobs 5 --json -o one.json",
            "cerebras complete \"The sea was\" --seed 7 --logprobs 5 --json -o two.json",
            "cerebras diff one.json two.json", "cerebras diff one.json two.json -f html >diff.html",
        ])

    /// Compares the responses that the arguments name.
    static func run(_ arguments: [[UInt8]], _ context: ProcessContext) -> ExitStatus {
        var options = Options()
        var notes = Notes(context)
        do throws(Failure) {
            let outcome = try Command.parse(arguments, by: sections, context, into: &options)
            guard outcome.request == .run else { return try Command.answer(outcome.request, .diff, context) }
            notes.isForPrograms = options.format == .json
            Watchdog.report(to: notes)
            let names = try names(outcome.operands)
            let replies = Pair(
                a: try SavedReply(names.a, context).whole(), b: try SavedReply(names.b, context).whole())
            let comparison = ReplyComparison(ComparedReply(replies.a), ComparedReply(replies.b))
            let output = Output(standardOutput: context.output)
            var bytes = bytes(of: comparison, names, replies, options, for: output, context)
            try output.flush(&bytes)
            return comparison.isSame ? .done : .unexpected
        } catch {
            notes.isForPrograms = options.format == .json
            notes.report(error)
            return error.status
        }
    }

    private static func bytes(
        of comparison: ReplyComparison, _ names: Pair<[UInt8]>, _ replies: Pair<CompletionChunk>, _ options: Options,
        for output: Output, _ context: ProcessContext
    ) -> [UInt8] {
        let color = options.color.support(on: output, context)
        switch options.format {
        case .text:
            return Array(comparison.text(names, width: output.columns ?? usualWidth, color: color).utf8)
        case .html: return comparison.page(names, replies).bytes
        case .json:
            let bytes = comparison.json(names)
            guard output.isTerminal, let document = try? JSONDocument(parsing: bytes) else { return bytes }
            return TerminalDocument.bytes(of: document.root, color: color) + [UInt8(ascii: "\n")]
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
    /// Compares two saved responses.
    static let diff = Command("diff", outline: DiffCommand.outline) { arguments, context, _ in
        DiffCommand.run(arguments, context)
    }
}
