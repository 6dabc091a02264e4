import Flags
import Rendering

/// `cerebras complete`.
enum CompleteCommand {
    /// Its flags.
    static let sections: [Section<Invocation>] = [
        .prompt, .sampling, .output, Section.checks.within(\.checks), .request, Section.connection.within(\.connection),
        .general,
    ]

    /// Command lines worth trying.
    static let examples = [
        "cerebras complete \"It was a dark and stormy night\" --max-tokens 100",
        "echo -n \"Once upon a time\" | cerebras complete",
        "cerebras complete --prompt-file story.txt --json | jq -r '.choices[0].text'",
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
}

extension Command {
    /// Asks for a completion.
    static let complete = Command(
        "complete", outline: CompleteCommand.outline,
        run: { Program.complete($0, $1, stopDescriptor: $2) })
}
