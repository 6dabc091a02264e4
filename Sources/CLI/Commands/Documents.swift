import Flags
import Rendering

/// The documents that are made from the tables: `cerebras --generate NAME` prints one.
enum Documents {
    /// Every document by its name. `Scripts/regenerate` knows where each one goes.
    static let all: [(name: String, make: @Sendable () -> String)] = [
        ("man-cerebras", { overviewPage }),
        ("man-cerebras-complete", { completePage }),
        ("complete-bash", { BashCompletion.make(outline) }),
        ("complete-zsh", { ZshCompletion.make(outline) }),
        ("complete-fish", { FishCompletion.make(outline) }),
        ("readme-formats", { formatTable }),
        ("readme-flags", { flagTables }),
        ("readme-exit-status", { exitStatusTable }),
    ]

    /// The date in the pages' footer: that of their last change in substance.
    private static let date = "November 23, 2026"

    /// What the completions are made from.
    private static var outline: ProgramOutline {
        ProgramOutline(
            name: "cerebras", commands: Command.all.map(\.outline),
            flags: Section<Invocation>.general.outline.flags)
    }

    private static var overviewPage: String {
        var page = ManPage(name: "cerebras", summary: "text completions on the command line", date: date)
        page.addSynopsis([".Nm", ".Ar command", ".Op Ar arguments", ".Nm", ".Fl h | V"])
        page.add("DESCRIPTION", paragraphs: ["Asks the Cerebras completions API, or any server that speaks it."])
        page.add("COMMANDS", terms: Command.all.map { ($0.name, $0.outline.summary) })
        page.add("EXIT STATUS", terms: ExitStatus.terms)
        page.add("EXAMPLES", examples: CompleteCommand.examples)
        page.addSeeAlso([("cerebras-complete", 1), ("curl", 1)])
        return page.text
    }

    private static var completePage: String {
        var page = ManPage(name: "cerebras-complete", summary: "complete a prompt", date: date)
        page.addSynopsis([".Nm cerebras complete", ".Op Ar prompt", ".Op Ar flags"])
        page.add("DESCRIPTION", paragraphs: CompleteCommand.description)
        for section in CompleteCommand.outline.sections { page.add(section) }
        page.add("ENVIRONMENT", terms: CompleteCommand.environment)
        page.add("EXIT STATUS", terms: ExitStatus.terms)
        page.add("EXAMPLES", examples: CompleteCommand.examples)
        page.addSeeAlso([("cerebras", 1)])
        return page.text
    }

    private static var formatTable: String {
        MarkdownTable.make(["format", "writes"], Format.all.map { ["`\($0.name)`", $0.summary] })
    }

    private static var flagTables: String {
        CompleteCommand.outline.sections.map { "### \($0.title)\n\n" + MarkdownTable.make($0) }.joined(separator: "\n")
    }

    private static var exitStatusTable: String {
        MarkdownTable.make(["status", "meaning"], ExitStatus.terms.map { [$0.term, $0.meaning] })
    }
}
