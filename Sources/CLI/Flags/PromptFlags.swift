import Flags

extension Section where Options == PromptOptions {
    /// Where the prompt comes from.
    static let prompt = Section(
        "Prompt",
        [
            Flag(
                "prompt", takes: .text(name: "TEXT", isEmptyAllowed: true), maxOccurrences: .max, isCommon: true,
                isConfigurable: false,
                "Prompt text",
                details: "Repeat it, or combine it with --prompt-file, to send several prompts in one request."
            ) { $0.sources.append(.argument($1)) },
            Flag(
                "prompt-file", takes: .file, maxOccurrences: .max, isCommon: true, isConfigurable: false,
                "File to read the prompt from",
                details: "Sent byte for byte; - is standard input."
            ) { $0.sources.append(.named($1)) },
            Flag(
                "prompt-tokens", takes: .tokenIDs, maxOccurrences: .max, isConfigurable: false,
                "Prompt as token IDs",
                details: "Repeat it for several prompts."
            ) { $0.sources.append(.tokens($1)) },
            Flag(
                "prompt-tokens-file", takes: .file, maxOccurrences: .max, isConfigurable: false,
                "JSON file to read prompt token IDs from",
                details: "A list of IDs, or a list of lists for several prompts; - is standard input."
            ) { $0.sources.append(.tokensNamed($1)) },
            Flag(
                "prompt-join", takes: .switch, isConfigurable: false, "Join all prompt parts into one prompt",
                details: "Arguments, files and standard input, in the order given, with nothing between them. Standard "
                    + "input comes last unless - names its place."
            ) { $0.joins = $1 },
            Flag(
                "ignore-stdin", takes: .switch, isConfigurable: false, "Do not read stdin",
                details: "For a command with a prompt argument whose standard input is a file or pipe for others."
            ) { $0.ignoresInput = $1 },
            Flag("allow-empty-prompt", takes: .switch, "Allow an empty prompt") { $0.allowsEmpty = $1 },
            Flag(
                "escapes", short: "e", takes: .switch,
                "Interpret escapes in prompts and stop sequences",
                details: "On the command line only: \\n \\t \\r \\\\ \\xNN \\u{...}."
            ) { $0.readsEscapes = $1 },
            Flag(
                "chomp", takes: .switch,
                "Drop one trailing newline of a prompt file or stdin"
            ) { $0.dropsFinalNewline = $1 },
        ])
}
