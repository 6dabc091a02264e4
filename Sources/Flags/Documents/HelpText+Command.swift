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

    /// The help screen of a program with commands.
    ///
    /// - Parameters:
    ///   - program: what is said of it.
    ///   - isFull: whether with all there is to say, or only what fits on one screen.
    ///   - width: of the lines, in columns.
    public static func screen(of program: ProgramOutline, isFull: Bool, width: Int) -> String {
        let overview = program.overview
        var help = HelpText(width: width)
        help.add(paragraph: overview.summary)
        help.add("Usage", lines: overview.forms.map { "\(program.name) \($0)" })
        help.add("Commands", terms: program.commands.map { ($0.name, $0.summary) })
        if isFull {
            help.addDetails(of: overview)
        } else {
            help.add("Flags", terms: overview.flags.map { ($0.usage, $0.summary) })
            help.add("Examples", lines: overview.examples)
        }
        help.add(paragraph: "\(program.name) COMMAND -h shows the flags people use, --help all of them.")
        return help.text
    }

    private mutating func addDetails(of command: CommandOutline) {
        for paragraph in command.description { add(paragraph: paragraph) }
        for section in command.sections { add(section) }
        for list in command.lists { add(list.title, terms: list.terms) }
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
        if !shown.isEmpty { add("Flags", terms: shown.map { ($0.usage, $0.briefly) }) }
        // Another command's may come first, to make what this one takes.
        let own = command.examples.first { $0 == name || $0.hasPrefix("\(name) ") }
        if let example = own ?? command.examples.first { add("Example", lines: [example]) }
        if shown.count < command.flags.count { add(paragraph: "\(name) --help shows every flag.") }
    }
}

extension FlagOutline {
    /// The summary, and what there is to choose from if that is little.
    fileprivate var briefly: String {
        guard syntax.shape == .required, case .choices(let names) = syntax.offer, names.count < 10 else {
            return summary
        }
        return "\(summary) [\(names.joined(separator: ", "))]"
    }
}
