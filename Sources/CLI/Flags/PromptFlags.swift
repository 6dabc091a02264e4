import Flags

extension Section where Options == Invocation {
    /// Where the prompt comes from.
    static let prompt = Section(
        "Prompt",
        [
            Flag(
                "prompt", takes: .text(name: "TEXT", isEmptyAllowed: true),
                "Complete this text.",
                details: "Repeat it, or mix it with --prompt-file, for several prompts in one request."
            ) { $0.prompts.append(.argument($1)) },
            Flag(
                "prompt-file", takes: .file,
                "Complete the text of this file, byte for byte.", details: "- is standard input."
            ) { $0.prompts.append(.named($1)) },
            Flag(
                "chomp", takes: .switch,
                "Drop one newline from the end of a prompt read from a file or standard input."
            ) { $0.dropsFinalNewline = $1 },
        ])
}
