import Flags

extension Section where Options == Invocation {
    /// Where the prompt comes from.
    static let prompt = Section(
        "Prompt",
        [
            Flag(
                "prompt", takes: .text(name: "TEXT", isEmptyAllowed: true), maxOccurrences: .max, isConfigurable: false,
                "Complete this text.",
                details: "Repeat it, or mix it with --prompt-file, for several prompts in one request."
            ) { $0.prompts.append(.argument($1)) },
            Flag(
                "prompt-file", takes: .file, maxOccurrences: .max, isCommon: true, isConfigurable: false,
                "Complete the text of this file, byte for byte.", details: "- is standard input."
            ) { $0.prompts.append(.named($1)) },
            Flag(
                "prompt-tokens", takes: .tokenIDs, maxOccurrences: .max, isConfigurable: false,
                "Complete these token IDs.", details: "Repeat it for several prompts."
            ) { $0.prompts.append(.tokens($1)) },
            Flag(
                "prompt-tokens-file", takes: .file, maxOccurrences: .max, isConfigurable: false,
                "Complete the token IDs of this JSON file, a list or a list of lists.", details: "- is standard input."
            ) { $0.prompts.append(.tokensNamed($1)) },
            Flag(
                "escapes", short: "e", takes: .switch,
                "Read \\n \\t \\r \\\\ \\xNN \\u{...} in prompts and stops on the command line."
            ) { $0.readsEscapes = $1 },
            Flag(
                "chomp", takes: .switch,
                "Drop one newline at the end of a prompt from a file or standard input."
            ) { $0.dropsFinalNewline = $1 },
        ])
}
