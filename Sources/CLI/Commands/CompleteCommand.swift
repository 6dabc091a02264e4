import Flags
import Rendering

/// `cerebras complete`.
enum CompleteCommand {
    /// Its flags.
    static let sections: [Section<Invocation>] = [.prompt, .sampling, .output, .connection, .general]

    /// Command lines worth trying.
    static let examples = [
        "cerebras complete \"It was a dark and stormy night\" --max-tokens 100",
        "echo -n \"Once upon a time\" | cerebras complete",
        "cerebras complete --prompt-file story.txt --json | jq -r '.choices[0].text'",
        "cerebras complete \"The sea was\" --logprobs 5 --format table",
    ]

    /// What it does with its operand and without.
    static let description = [
        "PROMPT is sent exactly as given. Without it, and without --prompt or --prompt-file, standard input is the "
            + "prompt; PROMPT - says so explicitly. -- ends the flags."
    ]

    /// The variables it reads.
    static let environment = [
        (term: "CEREBRAS_API_KEY", meaning: "The API key."),
        (term: "CEREBRAS_BASE_URL", meaning: "The server to ask, as with --base-url."),
        (term: "CEREBRAS_MODEL", meaning: "The model to ask, as with --model."),
        (
            term: "CURL_CA_BUNDLE, SSL_CERT_FILE",
            meaning: "A file of certificates to trust in place of the system's; the first that is set."
        ),
        (term: "HTTPS_PROXY, NO_PROXY", meaning: "The proxy to go through, and hosts to reach without, as for curl."),
    ]

    /// Its help screen.
    static func help(_ width: Int) -> String {
        var help = HelpText(width: width)
        help.add(paragraph: Command.complete.summary)
        help.add("Usage", lines: ["cerebras complete [PROMPT] [FLAGS]"])
        for paragraph in description { help.add(paragraph: paragraph) }
        for section in sections { help.add(section) }
        help.add("Environment", terms: environment)
        help.add("Exit status", terms: ExitStatus.allCases.map { (String($0.rawValue), $0.meaning) })
        help.add("Examples", lines: examples)
        return help.text
    }
}

extension Command {
    /// Asks for a completion.
    static let complete = Command(
        name: "complete", summary: "Complete a prompt.",
        help: CompleteCommand.help,
        run: { Program.complete($0, $1, stopDescriptor: $2) })
}
