import Flags
import Platform

/// The documents that are made from the tables: `cerebras --generate NAME` prints one.
enum Documents {
    /// Every document by its name. `Scripts/regenerate` and `Scripts/install` know where each one goes.
    static var all: [Document] { pages + completions + readme }

    /// What `--generate` prints; the flag is for packagers and `Scripts/regenerate`, and not in the help.
    ///
    /// - Throws: ``Failure`` for a name that no document has.
    static func document(_ word: [UInt8]?, _ context: ProcessContext) throws(Failure) -> String {
        let name = String(decoding: word ?? [], as: UTF8.self)
        if name == "profiles" { return ConfigFile.profileLines(context) }
        guard let document = all.first(where: { $0.name == name }) else {
            let names = all.map(\.name).joined(separator: ", ")
            throw .usage(UsageError("--generate: \(quoted: name.utf8) is not one of \(own: names)"))
        }
        return document.make()
    }

    /// A document's name, and how it is made.
    typealias Document = (name: String, make: @Sendable () -> String)

    private static var pages: [Document] {
        let program = Command.program
        var pages: [Document] = [
            ("man-pages", { program.pageFiles.joined(separator: "\n") + "\n" }),
            ("man-cerebras.1", { overviewPage }),
        ]
        for command in program.commands {
            pages.append(
                ("man-cerebras-\(command.name).1", { ManPage.make(of: command, in: program, date: date) }))
        }
        for topic in program.topics {
            pages.append(("man-cerebras-\(topic.name).7", { ManPage.make(of: topic, in: program, date: date) }))
        }
        return pages
    }

    private static let completions: [Document] = [
        ("complete-bash", { BashCompletion.make(Command.program) }),
        ("complete-zsh", { ZshCompletion.make(Command.program) }),
        ("complete-fish", { FishCompletion.make(Command.program) }),
    ]

    private static let readme: [Document] = [
        ("readme-exit-status", { exitStatusTable })
    ]

    /// The date in the pages' footer: that of their last change in substance.
    private static let date = "November 25, 2026"

    private static var overviewPage: String {
        ManPage.make(of: Command.program, date: date, seeAlso: [("cerebras-sandbox", 1), ("curl", 1)])
    }

    /// The statuses of failures, without those of signals.
    private static var exitStatusTable: String {
        let failures = ExitStatus.allCases.filter { (1..<128).contains($0.rawValue) }
        return MarkdownTable.make(
            ["status", "meaning"], ExitStatus.terms(of: failures).map { [$0.term, $0.meaning] })
    }
}
