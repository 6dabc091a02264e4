import API
import Flags
import Rendering
import Testing

@testable import CLI

@Suite("Flag table")
struct FlagTableTests {
    private let flags = CompleteCommand.sections.flatMap(\.outline.flags)
    private let refused = CompleteCommand.sections.flatMap(\.flags).filter { !$0.isShown }.map(\.name)

    @Test("names are unique and in kebab-case, and none hides behind another's opposite")
    func names() {
        let names = flags.map(\.name) + refused
        #expect(Set(names).count == names.count && !names.contains("config"))
        for name in names {
            let words = name.split(separator: "-", omittingEmptySubsequences: false)
            let isKebab = words.allSatisfy {
                !$0.isEmpty && $0.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789".contains($0) }
            }
            // There is no --config for --no-config to be the opposite of.
            #expect(isKebab && (words.first != "no" || name == "no-config"), "--\(name)")
        }
    }

    @Test("a command is found by the name that its documents give")
    func commands() {
        #expect(Command.all.map(\.name) == Command.all.map(\.outline.name))
    }

    @Test("short letters are unique, and letters or digits")
    func letters() {
        let letters = flags.compactMap(\.short)
        #expect(Set(letters).count == letters.count)
        #expect(letters.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
    }

    @Test("what takes a value names it in capitals, and a switch names none")
    func valueNames() {
        for flag in flags {
            switch flag.syntax.shape {
            case .none, .negatable: #expect(flag.syntax.name.isEmpty, "--\(flag.name)")
            case .required: #expect(flag.syntax.name.contains { $0.isUppercase }, "--\(flag.name)")
            case .optional: #expect(!flag.syntax.name.isEmpty, "--\(flag.name)")
            }
        }
    }

    @Test("every flag that a text mentions exists")
    func mentions() {
        let known = Set(
            flags.flatMap { flag in
                flag.syntax.shape == .negatable ? ["--\(flag.name)", "--no-\(flag.name)"] : ["--\(flag.name)"]
            })
        let texts = flags.map { "\($0.summary) \($0.details)" } + CompleteCommand.description + CompleteCommand.examples
        let environment = CompleteCommand.environment.map(\.meaning) + CLI.ExitStatus.allCases.map(\.meaning)
        for word in (texts + environment).flatMap({ $0.split { " ,.;:()'\"".contains($0) } })
        where word.hasPrefix("--") && word != "--" {
            #expect(known.contains(String(word)), "\(word)")
        }
    }

    @Test("a summary is a phrase of less than 60 characters, and so is that of each value", arguments: Command.all)
    func summaries(command: Command) {
        #expect(isPhrase(command.outline.summary), "\(command.name): \(command.outline.summary)")
        for flag in command.outline.flags {
            #expect(isPhrase(flag.summary), "--\(flag.name): \(flag.summary)")
            #expect(flag.details.isEmpty || flag.details.hasSuffix("."), "--\(flag.name)")
            for choice in flag.syntax.offer.choices {
                #expect(isPhrase(choice.summary), "--\(flag.name) \(choice.name): \(choice.summary)")
            }
        }
    }

    private func isPhrase(_ text: String) -> Bool {
        text.count < 60 && text.last != "." && !text.contains("\n") && text.first?.isLowercase == false
    }

    @Test("each field of the body is set by one flag")
    func fields() {
        let fields = flags.compactMap(\.field)
        #expect(Set(fields).count == fields.count)
        #expect(fields.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "_" } })
    }

    @Test("each command's flags have names of their own, and its texts mention only those", arguments: Command.all)
    func commands(command: Command) {
        let flags = command.outline.flags
        #expect(Set(flags.map(\.name)).count == flags.count)
        let letters = flags.compactMap(\.short)
        #expect(Set(letters).count == letters.count)
        let known = Set(flags.map { "--\($0.name)" })
        let texts =
            flags.map { "\($0.summary) \($0.details)" } + command.outline.examples.filter { !$0.contains("curl") }
        for word in texts.flatMap({ $0.split { " ,.;:()'\"".contains($0) } }) where word.hasPrefix("--") && word != "--"
        {
            let isKnown =
                known.contains(String(word))
                || CompleteCommand.sections.flatMap(\.flags).contains {
                    "--\($0.name)" == word
                }
            #expect(isKnown, "\(command.name): \(word)")
        }
        if known.contains("--profile") {
            let variables = command.outline.environment.flatMap { $0.term.split(separator: ", ").map(String.init) }
            let read = ["CEREBRAS_CONFIG", "CEREBRAS_PROFILE"] + flags.compactMap(\.environment)
            #expect(read.allSatisfy(variables.contains), "\(command.name): \(variables)")
            #expect(command.outline.files.contains { $0.term == ConfigFile.term.term }, "\(command.name)")
        }
        let help = Command.help(of: command, isFull: true, 80)
        for line in help.split(separator: "\n") where !command.outline.examples.contains(where: line.contains) {
            #expect(line.count <= 80, "\(line)")
        }
    }

    @Test("defaults are values")
    func defaults() throws {
        var options = CompleteOptions()
        try Parser(CompleteCommand.sections).fillDefaults(of: &options)
        #expect(options.request.model == Array("gpt-oss-120b".utf8) && options.output.format.name == "text")
        #expect(options.connection.baseURL.text == "https://api.cerebras.ai")
        #expect(options.request.fields.isEmpty, "no field is sent that was not set")
    }

    @Test("every variable that a flag reads is in the list of variables")
    func variables() {
        let listed = CompleteCommand.environment.flatMap { $0.term.split(separator: ", ").map(String.init) }
        #expect(flags.compactMap(\.environment).allSatisfy(listed.contains))
    }

    @Test("the choices of --format are the formats")
    func formats() {
        let syntax = flags.first { $0.name == "format" }?.syntax
        guard case .choices(let names)? = syntax?.offer else {
            Issue.record("--format offers nothing")
            return
        }
        #expect(names.map(\.name) == Format.all.map(\.name) && Set(names.map(\.name)).count == names.count)
    }

    @Test("the help screen fits its width, and names every flag", arguments: [80, 90, 100])
    func help(width: Int) {
        let help = Command.help(of: .complete, isFull: true, width)
        for line in help.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
        for flag in flags {
            let name = flag.syntax.shape == .negatable ? "--[no-]\(flag.name)" : "--\(flag.name)"
            let isThere = [" ", "\n", "[="].contains { help.contains(" \(name)\($0)") }
            #expect(isThere, "\(name)")
        }
        #expect(refused.allSatisfy { !help.contains(" --\($0) ") })
    }

    @Test("the short help of every command, and of the program, fits a screen of 80 columns and 24 lines")
    func shortHelp() {
        let commands: [Command?] = Command.all + [nil]
        for command in commands {
            let lines = Command.help(of: command, isFull: false, 80).split(
                separator: "\n", omittingEmptySubsequences: false)
            // The last one is empty; on a screen it is the shell's.
            let count = lines.count
            #expect(count <= 24, "\(lines)")
        }
    }

    @Test("the short help of a command has an example of that command", arguments: Command.all)
    func shortExample(command: Command) {
        guard !command.outline.examples.isEmpty else { return }
        let help = Command.help(of: command, isFull: false, 80)
        #expect(help.contains("\nExample: cerebras \(command.name)"), "\(help)")
    }

    @Test("every command and topic has a manual page, and no other is in the list of pages")
    func pages() throws {
        let documents = Dictionary(uniqueKeysWithValues: Documents.all.map { ($0.name, $0.make) })
        let list = try #require(documents["man-pages"])
        let names = list().split(separator: "\n").map(String.init)
        let topics = TopicOutline.all.map { "cerebras-\($0.name).7" }
        #expect(names == ["cerebras.1"] + Command.all.map { "cerebras-\($0.name).1" } + topics)
        for name in names {
            let make = try #require(documents["man-\(name)"])
            let page = make()
            #expect(page.hasPrefix(".Dd "))
            let ofCommand = topics.contains(name) ? [] : ["SYNOPSIS", "EXIT STATUS", "EXAMPLES"]
            for section in ["NAME", "DESCRIPTION", "SEE ALSO"] + ofCommand {
                #expect(page.contains("\n.Sh \(section)\n"), "\(name): \(section)")
            }
        }
    }
}
