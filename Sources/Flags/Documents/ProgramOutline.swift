/// What the documents say of a program with commands.
public struct ProgramOutline: Sendable {
    /// The program itself: its name, which is also that of its folder among the user's cache folders, and the flags
    /// that stand in place of a command.
    public let overview: CommandOutline
    /// In the order shown.
    public let commands: [CommandOutline]

    /// A program and its commands.
    public init(_ overview: CommandOutline, commands: [CommandOutline]) {
        self.overview = overview
        self.commands = commands
    }

    /// The program's name.
    public var name: String { overview.name }

    /// What may stand in place of a command.
    public var flags: [FlagOutline] { overview.flags }

    /// The names of the manual pages: the program's, then one for each command.
    public var pageNames: [String] { [name] + commands.map { "\(name)-\($0.name)" } }
}
