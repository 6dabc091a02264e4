/// The completion of a program's command lines for bash 4 and later; it needs no other package.
public enum BashCompletion {
    /// The script, to be sourced.
    public static func make(_ program: ProgramOutline) -> String {
        let prefix = "_" + ShellText.replacing("-", in: program.name, with: "_")
        return [
            "# bash completion for \(program.name), made by: \(program.name) --generate complete-bash\n",
            words(prefix), tables(prefix, program), sources(prefix, program.name),
            offering(prefix), reading(prefix), walking(prefix),
            "complete -F \(prefix) \(program.name)\n",
        ].joined(separator: "\n")
    }

    /// What each flag takes: a line of a `case` over the command and the flag.
    private static func flagCases(_ program: ProgramOutline) -> [String] {
        program.commands.flatMap { command in
            command.flags.filter { $0.syntax.shape == .required || $0.syntax.shape == .optional }.map { flag in
                let words = [flag.shortWord].compactMap(\.self) + flag.longWords
                let patterns = words.map { "'\(command.name) \($0)'" }.joined(separator: " | ")
                let takes = flag.syntax.shape == .required ? "value" : "optional"
                return "\(patterns)) takes=\(takes)\(offer(flag.syntax.offer, program, flag.defaultValue)) ;;"
            }
        }
    }

    /// The flags of each command: a line of a `case` over the command, the empty one for the program itself.
    private static func wordCases(_ program: ProgramOutline) -> [String] {
        let commands = [("''", program.flags)] + program.commands.map { ($0.name, $0.flags) }
        return commands.map { name, flags in
            let words = flags.flatMap { [$0.shortWord].compactMap(\.self) + $0.longWords }
            return "\(name)) choices=(\(words.map(ShellText.quote).joined(separator: " "))) ;;"
        }
    }

    /// What each command takes besides flags; the empty one is the program itself, and takes a command.
    private static func operandCases(_ program: ProgramOutline) -> [String] {
        let commands = CommandOutline("''", "", forms: [], operand: .commands)
        return ([commands] + program.commands).compactMap { command in
            let offer = offer(command.operand, program, nil)
            return offer.isEmpty ? nil : "\(command.name))\(offer) ;;"
        }
    }

    private static func offer(_ offer: ValueSyntax.CompletionKind, _ program: ProgramOutline, _ defaultValue: String?)
        -> String
    {
        let choices = " choices=(\(offer.choices.map { ShellText.quote($0.name) }.joined(separator: " ")))"
        switch offer {
        case .nothing: return ""
        case .files: return " offers=files"
        case .choices: return choices
        case .list: return " offers=list\(choices)"
        case .beginnings: return " offers=beginnings\(choices)"
        case .commands: return " choices=(\(program.commands.map(\.name).joined(separator: " ")))"
        case .cached(let file):
            let first = defaultValue.map { " choices=(\(ShellText.quote($0)))" } ?? ""
            return "\(first) offers=cached:\(file)"
        case .printed(let arguments): return " offers='printed:\(arguments.joined(separator: " "))'"
        }
    }

    private static func lines(_ lines: [String]) -> String { lines.joined(separator: "\n    ") }

    private static func tables(_ prefix: String, _ program: ProgramOutline) -> String {
        #"""
        # What the flag $2 of the command $1 takes.
        \#(prefix)_flag() {
            takes='' offers='' choices=()
            case "$1 $2" in
            \#(lines(flagCases(program)))
            esac
        }

        # The flags of the command $1.
        \#(prefix)_flags() {
            offers='' choices=()
            case $1 in
            \#(lines(wordCases(program)))
            esac
        }

        # What the command $1 takes besides flags.
        \#(prefix)_operand() {
            offers='' choices=()
            case $1 in
            \#(lines(operandCases(program)))
            esac
        }

        """#
    }

    private static func words(_ prefix: String) -> String {
        #"""
        # The words up to the cursor, put together again where bash parts them at "=" and ":".
        \#(prefix)_words() {
            local rest=${COMP_LINE:0:COMP_POINT} start piece i
            words=()
            for ((i = 0; i <= COMP_CWORD; i++)); do
                start=${rest#"${rest%%[![:space:]]*}"}
                if ((i == 0)) || [[ $start != "$rest" ]]; then words+=(''); fi
                piece=${COMP_WORDS[i]}
                if ((i == COMP_CWORD)); then piece=$start; fi
                words[${#words[@]} - 1]+=$piece
                rest=${start#"$piece"}
            done
        }

        """#
    }

    private static func sources(_ prefix: String, _ program: String) -> String {
        #"""
        # Adds the lines of the file $1 in the cache folder to the choices; nothing is waited for.
        \#(prefix)_cached() {
            local folder=${XDG_CACHE_HOME-} file line
            # As the program does, which ignores a relative one.
            [[ $folder == /* ]] || folder=${HOME-}/.cache
            file=$folder/\#(program)/$1
            [[ -f $file && -r $file ]] || return
            while IFS= read -r line || [[ $line ]]; do
                if [[ $line && $line != "${choices[0]-}" ]]; then choices+=("$line"); fi
            done <"$file"
        }

        # Adds the lines that \#(program) prints for the arguments $1 to the choices.
        \#(prefix)_printed() {
            local line
            local -a arguments
            read -r -a arguments <<<"$1"
            while IFS= read -r line; do
                if [[ $line ]]; then choices+=("$line"); fi
            done < <(command \#(program) "${arguments[@]}" 2>/dev/null)
        }

        """#
    }

    private static func offering(_ prefix: String) -> String {
        #"""
        # Offers the choices that the word may become, of which the part $1 stands before the choice.
        \#(prefix)_offer() {
            local part=$1 typed=${word#"$1"} quote='' cut='' choice reply
            local breaks=${COMP_WORDBREAKS//[!=:]/}
            case $offers in
            files)
                # Readline's own completion, which knows about quotes, folders and "~"; it takes "=" for a word's end.
                if [[ ! $part || $part == *= ]]; then compopt -o default 2>/dev/null; fi
                return
                ;;
            cached:*) \#(prefix)_cached "${offers#cached:}" ;;
            printed:*) \#(prefix)_printed "${offers#printed:}" ;;
            beginnings) compopt -o nospace 2>/dev/null ;;
            esac
            case $typed in
            [\'\"]*) quote=${typed:0:1} typed=${typed:1} part='' ;;
            *\\*) typed=${typed//\\/} ;;
            esac
            if [[ $offers == list && $typed == *,* ]]; then
                part+=${typed%,*},
                typed=${typed##*,}
            fi
            # Bash exchanges only what follows the last place where it parts the word.
            if [[ $breaks && ! $quote ]]; then cut=$part$typed cut=${cut%"${cut##*["$breaks"]}"}; fi
            for choice in ${choices[@]+"${choices[@]}"}; do
                [[ $choice == "$typed"* ]] || continue
                reply=$part$choice
                reply=${reply#"$cut"}
                if [[ ! $quote ]]; then
                    printf -v reply %q "$reply"
                    # A comma needs no backslash.
                    reply=${reply//\\,/,}
                fi
                COMPREPLY+=("$reply")
            done
        }

        """#
    }

    private static func reading(_ prefix: String) -> String {
        #"""
        # Reads the word $1: a flag that takes a value is left in pending, what stands before an attached one in attached.
        \#(prefix)_read() {
            local letters=${1#-} seen=- takes offers
            local -a choices
            pending='' attached=''
            case $1 in
            --*=*) ;;
            --*)
                \#(prefix)_flag "$command" "$1"
                if [[ $takes == value ]]; then pending=$1; fi
                ;;
            *)
                while [[ $letters && ! $pending ]]; do
                    \#(prefix)_flag "$command" "-${letters:0:1}"
                    if [[ $takes == value ]]; then pending=-${letters:0:1}; fi
                    seen+=${letters:0:1} letters=${letters:1}
                done
                if [[ $pending && $letters ]]; then attached=$seen; fi
                ;;
            esac
        }

        """#
    }

    private static func walking(_ prefix: String) -> String {
        #"""
        \#(prefix)() {
            local command='' pending='' attached='' ended='' takes='' offers='' word i count
            local -a words choices=()
            COMPREPLY=()
            \#(prefix)_words
            count=${#words[@]}
            word=${words[count - 1]}
            if ((count > 2)); then command=${words[1]}; fi
            for ((i = 2; i < count - 1; i++)); do
                if [[ $pending ]]; then
                    pending=''
                elif [[ ${words[i]} == -- ]]; then
                    ended=yes
                    break
                elif [[ ${words[i]} == -?* ]]; then
                    \#(prefix)_read "${words[i]}"
                    if [[ $attached ]]; then pending=''; fi
                fi
            done
            if [[ $pending ]]; then
                \#(prefix)_flag "$command" "$pending"
                \#(prefix)_offer ''
            elif [[ $ended || $word != -* ]]; then
                \#(prefix)_operand "$command"
                \#(prefix)_offer ''
            elif [[ $word == --*=* ]]; then
                \#(prefix)_flag "$command" "${word%%=*}"
                \#(prefix)_offer "${word%%=*}="
            else
                attached=''
                if [[ $word != --* ]]; then \#(prefix)_read "$word"; fi
                if [[ $attached ]]; then
                    \#(prefix)_flag "$command" "$pending"
                    \#(prefix)_offer "$attached"
                else
                    \#(prefix)_flags "$command"
                    \#(prefix)_offer ''
                fi
            fi
        }

        """#
    }
}
