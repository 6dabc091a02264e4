import Flags
import Platform

/// `cerebras help`.
enum HelpCommand {
    /// What its command line says.
    struct Options: CommandOptions {
        /// The command that help is wanted for, by its name; nil for the program.
        var word: [UInt8]?

        /// Takes the first word as it is: `help` has no flags but its own help, and needs no configuration.
        mutating func read(
            _ arguments: [[UInt8]], by sections: [Section<Options>], _ context: ProcessContext
        ) -> Parser<Options>.Outcome {
            var outcome = Parser<Options>.Outcome()
            word = arguments.first
            if ["-h", "--help"].contains(word.map { String(decoding: $0, as: UTF8.self) }) { outcome.request = .help }
            return outcome
        }

        /// The word is taken already, and others are passed over.
        func takeOperands(_ outcome: Parser<Options>.Outcome, _ context: ProcessContext) {}
    }

    /// What the documents say of it.
    static let outline = CommandOutline(
        "help", "Show help for the program or a command", forms: ["[COMMAND]"], operand: .commands,
        description: [
            "Without COMMAND, shows the program's help with its commands."
        ],
        exitStatus: ExitStatus.terms(of: [.done, .local, .usage, .closedPipe]),
        examples: ["cerebras help", "cerebras help complete"])

    /// Prints the help.
    static func run(_ run: inout CommandRun<Options>) throws(Failure) -> ExitStatus {
        try Command.print(.help, of: command(run.options.word), run.context)
        return .done
    }

    private static func command(_ word: [UInt8]?) throws(Failure) -> Command? {
        guard let word else { return nil }
        let name = String(decoding: word, as: UTF8.self)
        guard let command = Command.all.first(where: { $0.name == name }) else {
            throw .usage(Command.unknown(name, hint: "cerebras help lists the commands"))
        }
        return command
    }
}

extension Command {
    /// Shows help.
    static let help = Command("help", outline: HelpCommand.outline, sections: []) {
        (run) throws(Failure) in try HelpCommand.run(&run)
    }
}
