/// What the completions need to know of a program with commands.
public struct ProgramOutline: Sendable {
    /// The program's name, which is also that of its folder among the user's cache folders.
    public let name: String
    /// In the order shown.
    public let commands: [CommandOutline]
    /// What may stand in place of a command.
    public let flags: [FlagOutline]

    /// A program, its commands, and the flags that stand in place of a command.
    public init(name: String, commands: [CommandOutline], flags: [FlagOutline]) {
        self.name = name
        self.commands = commands
        self.flags = flags
    }
}
