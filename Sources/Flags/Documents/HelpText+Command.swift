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
        guard isFull else {
            help.addScreen(of: command, named: name)
            return help.text
        }
        help.add(paragraph: command.summary)
        help.add("Usage", lines: command.forms.map { "\(name) \($0)" })
        help.addDetails(of: command)
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
        help.add(paragraph: "\(program.name) COMMAND -h shows common flags, --help all of them.")
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

    /// One screen: the usage, an example, and the flags people use.
    private mutating func addScreen(of command: CommandOutline, named name: String) {
        // Another command's may come first, to make what this one takes.
        let own = command.examples.first { $0 == name || $0.hasPrefix("\(name) ") }
        let example = (own ?? command.examples.first).map { wrap($0, after: "Example: ") } ?? []
        let usage = command.forms.flatMap { wrap("\(name) \($0)", after: "Usage:   ") }
        add(lines: wrap(command.summary, after: "") + usage + example)
        let shown = command.shortFlags
        add("Flags", terms: shown.map { ($0.usage, $0.briefly) })
        let notes = [command.shortNote, shown.count < command.flags.count ? "\(name) --help shows every flag." : nil]
        add(paragraph: notes.compactMap(\.self).joined(separator: " "))
    }
}

extension CommandOutline {
    /// The flags of the short help: those that are named for it, else those that people use, else all.
    fileprivate var shortFlags: [FlagOutline] {
        if let ownFlags { return flags.filter { ownFlags.contains($0.name) } }
        let common = flags.filter(\.isCommon)
        return common.isEmpty ? flags : common
    }
}

extension FlagOutline {
    /// The summary, and what there is to choose from if that is little.
    fileprivate var briefly: String {
        let names = syntax.offer.choices.map(\.name)
        guard syntax.shape == .required, syntax.offer.isClosed, names.count < 10 else { return summary }
        return "\(summary): \(names.joined(separator: ", "))"
    }
}
