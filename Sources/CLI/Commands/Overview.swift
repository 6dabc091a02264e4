import Flags
import HTTP

extension Command {
    /// What `--version` prints.
    static var versionText: String {
        "cerebras \(Version.number)\n\(CurlTransport.libraryVersion)\n"
    }

    /// The help of the program as a whole.
    static func overview(_ width: Int) -> String {
        var help = HelpText(width: width)
        help.add(paragraph: "cerebras: text completions on the command line")
        help.add("Usage", lines: ["cerebras COMMAND [ARGUMENTS]"])
        help.add("Commands", terms: all.map { ($0.name, $0.summary) })
        help.add(
            "Flags",
            terms: [("-h, --help", "Show this help and exit."), ("-V, --version", "Show the version and exit.")])
        help.add("Examples", lines: CompleteCommand.examples)
        help.add(paragraph: "cerebras help COMMAND shows a command's flags.")
        return help.text
    }
}
