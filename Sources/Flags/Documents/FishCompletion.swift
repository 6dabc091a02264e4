/// The completion of a program's command lines for fish 3 and later.
public enum FishCompletion {
    /// The script, to be sourced.
    public static func make(_ program: ProgramOutline) -> String {
        let prefix = prefix(program)
        let start = [
            "# fish completion for \(program.name), made by: \(program.name) --generate complete-fish\n",
            functions(prefix, program),
            "complete -c \(program.name) -f",
        ]
        let isFirst = "-n \(prefix)_is_first"
        let commands = program.commands.map { command in
            "complete -c \(program.name) \(isFirst) -a \(command.name) -d \(ShellText.quoteForFish(command.summary))"
        }
        let flags = program.flags.map { line(program, isFirst, $0.shortWord, $0.longWords[0], $0) }
        return (start + commands + flags + program.commands.flatMap { lines(program, prefix, $0) })
            .joined(separator: "\n") + "\n"
    }

    /// What the names of its functions begin with.
    private static func prefix(_ program: ProgramOutline) -> String {
        "__" + ShellText.replacing("-", in: program.name, with: "_")
    }

    private static func lines(_ program: ProgramOutline, _ prefix: String, _ command: CommandOutline) -> [String] {
        let condition = "-n '\(prefix)_is \(command.name)'"
        let operand = offer(command.operand, program, nil).map {
            "complete -c \(program.name) -n '\(prefix)_runs \(command.name)' \($0)"
        }
        return [operand].compactMap(\.self)
            + command.flags.flatMap { flag in
                flag.longWords.enumerated().map { position, word in
                    line(program, condition, position == 0 ? flag.shortWord : nil, word, flag)
                }
            }
    }

    private static func line(
        _ program: ProgramOutline, _ condition: String, _ short: String?, _ long: String, _ flag: FlagOutline
    ) -> String {
        let names = [short.map { "-s \($0.dropFirst())" }, "-l \(long.dropFirst(2))"].compactMap(\.self)
        var parts = ["complete -c \(program.name)", condition] + names
        let offer = offer(flag.syntax.offer, program, flag.defaultValue)
        switch flag.syntax.shape {
        case .none, .negatable: break
        case .required: parts.append(offer.map { $0 == "-F" ? "-r -F" : "-x \($0)" } ?? "-x")
        case .optional: parts += [offer].compactMap(\.self)
        }
        return (parts + ["-d \(ShellText.quoteForFish(flag.summary))"]).joined(separator: " ")
    }

    private static func offer(_ offer: ValueSyntax.CompletionKind, _ program: ProgramOutline, _ defaultValue: String?)
        -> String?
    {
        let choices = offer.choices.map(element).joined(separator: " ")
        switch offer {
        case .nothing: return nil
        case .files: return "-F"
        case .choices, .beginnings: return "-k -a \(ShellText.quoteForFish(choices))"
        case .list: return "-k -a \(ShellText.quoteForFish("(\(prefix(program))_list \(choices))"))"
        case .commands: return "-k -a '\(program.commands.map(\.name).joined(separator: " "))'"
        case .cached(let file):
            return "-k -a '(\(prefix(program))_cached \(file)\(defaultValue.map { " \($0)" } ?? ""))'"
        case .printed(let arguments):
            return "-k -a '(command \(program.name) \(arguments.joined(separator: " ")) 2>/dev/null)'"
        }
    }

    /// A word and, after a tab, what it means, in a text that fish evaluates.
    private static func element(_ choice: NamedValue) -> String {
        let name = ShellText.doubleQuoteForFish(choice.name)
        return choice.summary.isEmpty ? name : name + "\\t" + ShellText.doubleQuoteForFish(choice.summary)
    }

    /// The flags of each command that take the next word: a line of a `switch` over the command.
    private static func valueCases(_ program: ProgramOutline) -> [String] {
        program.commands.compactMap { command in
            let flags = command.flags.filter { $0.syntax.shape == .required }
            let words = flags.flatMap { [$0.shortWord].compactMap(\.self) + $0.longWords }
            return words.isEmpty
                ? nil : "case \(command.name)\n            contains -- $argv[2] \(words.joined(separator: " "))"
        }
    }

    private static func functions(_ prefix: String, _ program: ProgramOutline) -> String {
        #"""
        # Whether the word at the cursor is the first argument.
        function \#(prefix)_is_first
            test (count (commandline -opc)) -eq 1
        end

        # Whether the flag takes the word after it.
        function \#(prefix)_takes_value
            switch $argv[1]
                \#(valueCases(program).joined(separator: "\n        "))
                case '*'
                    false
            end
        end

        # Whether the command is the one of this name, and the word at the cursor comes after it.
        function \#(prefix)_runs
            set -l words (commandline -opc)
            test (count $words) -ge 2; and test "$words[2]" = $argv[1]
        end

        # Whether that is so and flags may follow.
        function \#(prefix)_is
            set -l words (commandline -opc)
            \#(prefix)_runs $argv[1]; and not contains -- -- $words; or return
            # A flag's value that begins with a dash is no flag, though fish takes it for one.
            not string match -q -- '-*' (commandline -ct); or not \#(prefix)_takes_value $argv[1] $words[-1]
        end

        # The lines of a file in the cache folder, after the other arguments; nothing is waited for.
        function \#(prefix)_cached
            set -l folder $HOME/.cache
            # As the program does, which ignores a relative one.
            string match -q -- '/*' "$XDG_CACHE_HOME"; and set folder $XDG_CACHE_HOME
            set -l lines $argv[2..]
            if test -f $folder/\#(program.name)/$argv[1] -a -r $folder/\#(program.name)/$argv[1]
                while read -l line
                    test -n "$line"; and not contains -- $line $lines; and set -a lines $line
                end <$folder/\#(program.name)/$argv[1]
            end
            string join -- \n $lines
        end

        # The arguments, each after those that are already in the word, separated by commas.
        function \#(prefix)_list
            set -l typed (commandline -ct | string replace -r -- '^(-[^=]*=)?[\'"]?' '')
            string join -- \n (string replace -r -- '[^,]*$' '' "$typed")$argv
        end

        """#
    }
}
