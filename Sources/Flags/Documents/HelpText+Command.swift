extension HelpText {
    /// The help screen of a command.
    ///
    /// - Parameters:
    ///   - command: what is said of it.
    ///   - name: how it is called, such as `cerebras complete`.
    ///   - isFull: whether with every flag and all else, or only with the flags people use, on one screen.
    ///   - width: of the lines, in columns.
    public static func screen(of command: CommandOutline, named name: String, isFull: Bool, width: Int) -> String {
        var help = HelpText(width: width)
        help.add(paragraph: command.summary)
        help.add("Usage", lines: command.forms.map { "\(name) \($0)" })
        if isFull {
            help.addDetails(of: command)
        } else {
            help.addCommonFlags(of: command, named: name)
        }
        return help.text
    }

    private mutating func addDetails(of command: CommandOutline) {
        for paragraph in command.description { add(paragraph: paragraph) }
        for section in command.sections { add(section) }
        for (title, terms) in [
            ("Environment", command.environment), ("Files", command.files), ("Exit status", command.exitStatus),
        ] where !terms.isEmpty {
            add(title, terms: terms)
        }
        if !command.examples.isEmpty { add("Examples", lines: command.examples) }
    }

    /// The flags people use with their summaries; all of them, unless more are marked than help and its like.
    private mutating func addCommonFlags(of command: CommandOutline, named name: String) {
        let common = command.flags.filter(\.isCommon)
        let shown = common.count > 1 ? common : command.flags
        if !shown.isEmpty { add("Flags", terms: shown.map { ($0.usage, $0.summary) }) }
        if let example = command.examples.first { add("Example", lines: [example]) }
        add(paragraph: "\(name) --help tells everything\(shown.count < command.flags.count ? ", every flag" : "").")
    }
}
