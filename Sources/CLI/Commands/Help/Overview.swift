import Flags

extension Command {
    /// What `--version` prints.
    static var versionText: String {
        "cerebras \(Version.number)\n"
    }

    /// What the documents say of the program as a whole.
    static var program: ProgramOutline {
        ProgramOutline(
            CommandOutline(
                "cerebras", "Text completions on the command line", forms: ["COMMAND [ARGUMENTS]"],
                description: [
                    "Sends a prompt to the Cerebras completions API, or to any server with the same API, and prints "
                        + "the completion byte for byte.",
                    "Standard output holds the completion and nothing else; notes and errors go to standard error.",
                ],
                sections: [Section<CompleteOptions>.basic.outline], environment: CompleteCommand.environment,
                files: [ConfigFile.term, ModelCache.term],
                exitStatus: ExitStatus.terms,
                examples: [CompleteCommand.examples[0]]),
            commands: all.map(\.outline), topics: TopicOutline.all)
    }

    /// A help screen.
    ///
    /// - Parameters:
    ///   - command: whose; nil for the program's.
    ///   - isFull: whether with all there is to say.
    ///   - width: of the lines, in columns.
    static func help(of command: Command?, isFull: Bool, _ width: Int) -> String {
        guard let command else { return HelpText.screen(of: program, isFull: isFull, width: width) }
        return HelpText.screen(of: command.outline, named: "cerebras \(command.name)", isFull: isFull, width: width)
    }
}
