extension ManPage {
    /// The page of a command.
    ///
    /// - Parameters:
    ///   - command: what is said of it.
    ///   - program: what it belongs to.
    ///   - date: of the last change in substance, as mdoc wants it.
    public static func make(of command: CommandOutline, in program: ProgramOutline, date: String) -> String {
        var page = ManPage(
            name: "\(program.name)-\(command.name)", summary: line(of: command.summary), date: date)
        page.addSynopsis(of: command, named: "\(program.name) \(command.name)")
        page.addDescription(of: command)
        // What a topic has a section for is not repeated.
        let covered = program.topics.flatMap(\.parts).map(\.title)
        for list in command.lists where !covered.contains(list.title) { page.add(list.title, terms: list.terms) }
        page.addDetails(of: command)
        page.addSeeAlso([(program.name, 1)] + program.topicPages)
        return page.text
    }

    /// The page of a program as a whole, with a list of its commands if it has any.
    ///
    /// - Parameter seeAlso: pages besides those of the commands.
    public static func make(
        of program: ProgramOutline, date: String, seeAlso: [(name: String, section: Int)] = []
    ) -> String {
        let overview = program.overview
        var page = ManPage(name: program.name, summary: line(of: overview.summary), date: date)
        page.addSynopsis(of: overview, named: program.name)
        page.addDescription(of: overview)
        for list in overview.lists { page.add(list.title, terms: list.terms) }
        if !program.commands.isEmpty { page.add("COMMANDS", terms: program.commands.map { ($0.name, $0.summary) }) }
        page.addDetails(of: overview)
        let pages = program.commandPages + program.topicPages + seeAlso
        page.addSeeAlso(pages.sorted { ($0.section, $0.name) < ($1.section, $1.name) })
        return page.text
    }

    /// The page of a topic.
    ///
    /// - Parameters:
    ///   - topic: what is said of it.
    ///   - program: what it belongs to.
    ///   - date: of the last change in substance, as mdoc wants it.
    public static func make(of topic: TopicOutline, in program: ProgramOutline, date: String) -> String {
        var page = ManPage(
            name: "\(program.name)-\(topic.name)", section: 7, summary: line(of: topic.summary), date: date)
        page.add("DESCRIPTION", paragraphs: topic.description)
        for part in topic.parts { page.add(part) }
        page.addSeeAlso(topic.related)
        return page.text
    }

    private mutating func addSynopsis(of command: CommandOutline, named name: String) {
        addSynopsis(
            command.forms.flatMap { form in
                [".Nm \(name)"] + form.split(separator: " ").map { Self.synopsisMacro(String($0)) }
            })
    }

    private mutating func addDescription(of command: CommandOutline) {
        add("DESCRIPTION", paragraphs: command.description.isEmpty ? [command.summary] : command.description)
        for section in command.sections { add(section) }
    }

    private mutating func addDetails(of command: CommandOutline) {
        for note in command.notes { add(note) }
        for (title, terms) in [
            ("ENVIRONMENT", command.environment), ("FILES", command.files), ("EXIT STATUS", command.exitStatus),
        ] where !terms.isEmpty {
            add(title, terms: terms)
        }
        if !command.examples.isEmpty { add("EXAMPLES", examples: command.examples) }
    }

    /// A word of a form: `[FILE]` may be left out, what is in capitals stands for something, all else for itself.
    private static func synopsisMacro(_ word: String) -> String {
        if word.hasPrefix("["), word.hasSuffix("]") { return ".Op Ar \(word.dropFirst().dropLast())" }
        if word.hasPrefix("-") { return ".Fl \(word.dropFirst().isEmpty ? "" : word.dropFirst())" }
        return word.contains(where: \.isLowercase) ? ".Cm \(word)" : ".Ar \(word)"
    }

    /// A sentence as the line of NAME: without its period, in lower case.
    private static func line(of sentence: String) -> String {
        let words = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
        return words.prefix(1).lowercased() + words.dropFirst()
    }
}
