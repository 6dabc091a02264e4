import Flags
import Rendering

/// The documents that are made from the tables: `cerebras --generate NAME` prints one.
enum Documents {
    /// Every document by its name. `Scripts/regenerate` and `Scripts/install` know where each one goes.
    static var all: [Document] { pages + completions + readme }

    /// A document's name, and how it is made.
    typealias Document = (name: String, make: @Sendable () -> String)

    private static var pages: [Document] {
        let program = Command.program
        var pages: [Document] = [
            ("man", { overviewPage }), ("man-cerebras", { overviewPage }),
            ("man-pages", { program.pageNames.joined(separator: "\n") + "\n" }),
        ]
        for (name, command) in zip(program.pageNames.dropFirst(), program.commands) {
            pages.append(("man-\(name)", { ManPage.make(of: command, in: program, date: date) }))
        }
        return pages
    }

    private static let completions: [Document] = [
        ("complete-bash", { BashCompletion.make(Command.program) }),
        ("complete-zsh", { ZshCompletion.make(Command.program) }),
        ("complete-fish", { FishCompletion.make(Command.program) }),
    ]

    private static let readme: [Document] = [
        ("readme-commands", { commandTable }),
        ("readme-formats", { formatTable }),
        ("readme-columns", { columnTable }),
        ("readme-flags", { flagTables }),
        ("readme-environment", { environmentTable }),
        ("readme-exit-status", { exitStatusTable }),
    ]

    /// The date in the pages' footer: that of their last change in substance.
    private static let date = "November 23, 2026"

    private static var overviewPage: String {
        ManPage.make(of: Command.program, date: date, seeAlso: [("cerebras-sandbox", 1), ("curl", 1)])
    }

    private static var commandTable: String {
        MarkdownTable.make(
            ["command", "does"],
            Command.all.map(\.outline).map { outline in
                [outline.forms.map { "`cerebras \(outline.name) \($0)`" }.joined(separator: ", "), outline.summary]
            })
    }

    private static var environmentTable: String {
        MarkdownTable.make(
            ["variable", "holds"],
            CompleteCommand.environment.map { variable in
                [variable.term.split(separator: ", ").map { "`\($0)`" }.joined(separator: ", "), variable.meaning]
            })
    }

    private static var formatTable: String {
        MarkdownTable.make(["format", "writes"], Format.all.map { ["`\($0.name)`", $0.summary] })
    }

    private static var columnTable: String {
        MarkdownTable.make(["column", "holds"], TokenColumn.allCases.map { ["`\($0.rawValue)`", $0.summary] })
    }

    private static var flagTables: String {
        CompleteCommand.outline.sections.map { "### \($0.title)\n\n" + MarkdownTable.make($0) }.joined(separator: "\n")
    }

    private static var exitStatusTable: String {
        MarkdownTable.make(["status", "meaning"], ExitStatus.terms.map { [$0.term, $0.meaning] })
    }
}
