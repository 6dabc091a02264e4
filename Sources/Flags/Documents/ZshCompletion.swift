/// The completion of a program's command lines for zsh 5 and later.
public enum ZshCompletion {
    /// The script: a file `_NAME` in a folder of `$fpath`, or to be sourced after `compinit`.
    public static func make(_ program: ProgramOutline) -> String {
        let prefix = "_" + program.name
        let commands = program.commands.map { ShellText.quote("\($0.name):\(escape($0.summary))") }
        let cases = program.commands.map { command in
            let arguments = command.flags.flatMap { specs($0, prefix) } + [operand(command, prefix)]
            return "\(command.name))\n        _arguments -s -S : \\\n            "
                + arguments.joined(separator: " \\\n            ") + "\n        ;;"
        }
        return #"""
            #compdef \#(program.name)
            # zsh completion for \#(program.name), made by: \#(program.name) --generate complete-zsh

            # Offers the commands.
            \#(prefix)_commands() {
                local -a commands=(
                    \#(commands.joined(separator: "\n        "))
                )
                _describe -t commands command commands
            }

            \#(helpers(prefix, program.name))
            \#(prefix)() {
                local curcontext=$curcontext state
                local -a line
                local -A opt_args
                _arguments -C \
                    \#(program.flags.flatMap { specs($0, prefix) }.joined(separator: " \\\n        ")) \
                    '1:command:\#(prefix)_commands' '*::argument:->arguments' && return
                [[ $state == arguments ]] || return
                case $line[1] in
                \#(cases.joined(separator: "\n    "))
                esac
            }

            if [[ $funcstack[1] == \#(prefix) ]]; then
                \#(prefix) "$@"
            else
                compdef \#(prefix) \#(program.name)
            fi

            """#
    }

    /// The functions that offer what is not known before.
    private static func helpers(_ prefix: String, _ program: String) -> String {
        #"""
        # Offers the lines of the file $1 in the cache folder, after the other arguments; nothing is waited for.
        \#(prefix)_cached() {
            local folder=${XDG_CACHE_HOME-}
            # As the program does, which ignores a relative one.
            [[ $folder == /* ]] || folder=${HOME-}/.cache
            local file=$folder/\#(program)/$1
            local -a expl
            local -aU lines=("${@[2,-1]}")
            if [[ -f $file && -r $file ]]; then lines+=(${(f)"$(<$file)"}); fi
            _wanted $1 expl $1 compadd -a -- lines
        }

        # Offers what the value may begin with, each with its meaning after a colon.
        \#(prefix)_beginnings() {
            local -a choices=("$@")
            _describe -t values value choices -S ''
        }

        # Offers the lines that \#(program) prints for these arguments.
        \#(prefix)_printed() {
            local -a expl lines=(${(f)"$(command \#(program) "$@" 2>/dev/null)"})
            _wanted values expl value compadd -a -- lines
        }

        """#
    }

    /// A flag as arguments of `_arguments`.
    private static func specs(_ flag: FlagOutline, _ prefix: String) -> [String] {
        let words = [flag.shortWord].compactMap(\.self) + flag.longWords
        let isRepeatable = (flag.maxOccurrences ?? 1) > 1
        let exclusion = isRepeatable ? "*" : "(\(flag.endsAll ? "- *" : words.joined(separator: " ")))"
        return words.map { word in
            let isLong = word.hasPrefix("--")
            // A value that may be left out is read after "=" alone, which a letter does not have.
            let value = flag.syntax.shape == .optional && !isLong ? "" : value(flag, prefix)
            let mark =
                switch flag.syntax.shape {
                case .none, .negatable: ""
                case .required: isLong ? "=" : "+"
                case .optional: isLong ? "=-" : ""
                }
            return ShellText.quote("\(exclusion)\(word)\(mark)[\(escape(flag.summary))]\(value)")
        }
    }

    private static func value(_ flag: FlagOutline, _ prefix: String) -> String {
        var name = flag.syntax.requirement.isEmpty ? flag.syntax.name : flag.syntax.requirement
        if case .choices = flag.syntax.offer { name = flag.syntax.name }
        let action = action(flag.syntax.offer, prefix, flag.defaultValue)
        return switch flag.syntax.shape {
        case .none, .negatable: ""
        case .required: ":\(escape(name)):\(action)"
        case .optional: "::\(escape(name)):\(action)"
        }
    }

    private static func operand(_ command: CommandOutline, _ prefix: String) -> String {
        // A message in place of an action would keep flags from being completed.
        if case .nothing = command.operand { return "'*:argument:{:}'" }
        return ShellText.quote("*:argument:\(action(command.operand, prefix, nil))")
    }

    private static func action(_ offer: ValueSyntax.CompletionKind, _ prefix: String, _ defaultValue: String?) -> String
    {
        switch offer {
        case .nothing: " "
        case .files: "_files"
        case .choices(let choices) where choices.allSatisfy(\.summary.isEmpty):
            "(\(choices.map(\.name).joined(separator: " ")))"
        case .choices(let choices): "((\(described(choices))))"
        case .list(let choices):
            " _values -s , value "
                + choices.map { escapeColons(ShellText.quote("\(escape($0.name))[\(escape($0.summary))]")) }
                .joined(separator: " ")
        // The space keeps _arguments from adding arguments of its own.
        case .beginnings(let choices): " \(prefix)_beginnings \(described(choices))"
        case .commands: "\(prefix)_commands"
        case .cached(let file): " \(prefix)_cached \(file)" + (defaultValue.map { " \($0)" } ?? "")
        case .printed(let arguments): " \(prefix)_printed \(arguments.joined(separator: " "))"
        }
    }

    /// Words with what they mean, as `_describe` reads them, in an action of `_arguments`.
    private static func described(_ choices: [NamedValue]) -> String {
        choices.map { choice in
            let name = ShellText.replacing(":", in: choice.name, with: "\\:")
            return escapeColons(ShellText.quote("\(name):\(choice.summary)"))
        }.joined(separator: " ")
    }

    /// An action in which `_arguments` sees no end.
    private static func escapeColons(_ text: String) -> String {
        ShellText.replacing(":", in: text, with: "\\:")
    }

    /// Text in which `_arguments` sees no sign of its own.
    private static func escape(_ text: String) -> String {
        [Character("\\"), ":", "[", "]"].reduce(text) { ShellText.replacing($1, in: $0, with: "\\\($1)") }
    }
}

extension FlagOutline {
    /// Whether nothing else counts beside it.
    fileprivate var endsAll: Bool { name == "help" || name == "version" }
}
