/// What the documents say of a program with commands.
public struct ProgramOutline: Sendable {
    /// The program itself: its name, which is also that of its folder among the user's cache folders, and the flags
    /// that stand in place of a command.
    public let overview: CommandOutline
    /// In the order shown.
    public let commands: [CommandOutline]
    /// Manual pages about what commands share.
    public let topics: [TopicOutline]

    /// A program, its commands and topics.
    public init(_ overview: CommandOutline, commands: [CommandOutline], topics: [TopicOutline] = []) {
        self.overview = overview
        self.commands = commands
        self.topics = topics
    }

    /// The program's name.
    public var name: String { overview.name }

    /// What may stand in place of a command.
    public var flags: [FlagOutline] { overview.flags }

    /// The manual pages of the commands.
    var commandPages: [(name: String, section: Int)] { commands.map { ("\(name)-\($0.name)", 1) } }

    /// The manual pages of the topics.
    var topicPages: [(name: String, section: Int)] { topics.map { ("\(name)-\($0.name)", 7) } }

    /// Every manual page as its file is called: the program's, one for each command, one for each topic.
    public var pageFiles: [String] {
        ([(name, 1)] + commandPages + topicPages).map { "\($0.0).\($0.1)" }
    }
}
