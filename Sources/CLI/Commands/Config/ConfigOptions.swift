import Flags
import Platform

/// What the command line of `config` says: the flags of `complete`, those that only `batch` has, and the settings in effect.
struct ConfigOptions: CommandOptions {
    var complete = CompleteOptions()
    var batch = BatchOptions()
    /// Each setting that holds, and where it comes from.
    private(set) var settings: [Setting] = []

    mutating func prepare(_ outcome: Parser<ConfigOptions>.Outcome) -> [Message] {
        complete.connection.profile = outcome.profile(deciding: "base-url")
        settings = Parser(ConfigCommand.sections).settings(of: outcome)
        return outcome.notes
    }

    func takeOperands(_ outcome: Parser<ConfigOptions>.Outcome, _ context: ProcessContext) throws(Failure) {
        guard let operand = outcome.operands.first else { return }
        throw .usage(
            UsageError("unexpected argument \(quoted: operand)", hint: "cerebras config takes flags alone"))
    }

    func addSecrets(to secrets: inout Secrets) { complete.addSecrets(to: &secrets) }
}
