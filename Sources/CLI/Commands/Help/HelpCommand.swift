import Flags
import Platform

extension Command {
    /// Shows help.
    static let help = Command(
        "help",
        outline: CommandOutline(
            "help", "Show help for the program or a command", forms: ["[COMMAND]"], operand: .commands,
            description: [
                "Without COMMAND, shows the program's help with its commands."
            ],
            exitStatus: ExitStatus.terms(of: [.done, .local, .usage, .closedPipe]),
            examples: ["cerebras help", "cerebras help complete"]),
        run: { arguments, context, _ in
            do throws(Failure) {
                return try showHelp(of: arguments.first, context)
            } catch {
                Notes(context).report(error)
                return error.status
            }
        })

    private static func showHelp(of word: [UInt8]?, _ context: ProcessContext) throws(Failure) -> ExitStatus {
        guard let word else { return try answer(.help, nil, context) }
        let name = String(decoding: word, as: UTF8.self)
        if ["-h", "--help"].contains(name) { return try answer(.help, .help, context) }
        guard let command = all.first(where: { $0.name == name }) else {
            throw .usage(unknown(name, hint: "cerebras help lists the commands"))
        }
        return try answer(.help, command, context)
    }
}
