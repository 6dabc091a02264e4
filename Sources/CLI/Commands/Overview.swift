import Flags
import HTTP

extension Command {
    /// What `--version` prints.
    static var versionText: String {
        "cerebras \(Version.number)\n\(CurlTransport.libraryVersion)\n"
    }

    /// A help screen.
    ///
    /// - Parameters:
    ///   - command: whose; nil for the program's.
    ///   - isFull: whether with all there is to say.
    ///   - width: of the lines, in columns.
    static func help(of command: Command?, isFull: Bool, _ width: Int) -> String {
        guard let command else { return overview(width) }
        return HelpText.screen(of: command.outline, named: "cerebras \(command.name)", isFull: isFull, width: width)
    }

    /// The help of the program as a whole.
    static func overview(_ width: Int) -> String {
        var help = HelpText(width: width)
        help.add(paragraph: "cerebras: text completions on the command line")
        help.add("Usage", lines: ["cerebras COMMAND [ARGUMENTS]"])
        help.add("Commands", terms: all.map { ($0.name, $0.outline.summary) })
        help.add("Flags", terms: Section<Invocation>.general.outline.flags.map { ($0.usage, $0.summary) })
        help.add("Examples", lines: CompleteCommand.examples)
        help.add(paragraph: "cerebras help COMMAND tells everything about a command.")
        return help.text
    }
}
