import Flags
import Testing

@Suite("Completions")
struct CompletionTests {
    private static let program = ProgramOutline(
        CommandOutline(
            "do-it", "Do it.", forms: ["COMMAND"], sections: [Section<Sample>("General", [.help]).outline]),
        commands: [
            CommandOutline(
                "run", "Run what's there: [now].", forms: [""], operand: .files,
                sections: Sample.sections.map(\.outline)),
            CommandOutline("tell", "Tell.", forms: [""], operand: .commands),
        ])

    private static let scripts = [
        BashCompletion.make(program), ZshCompletion.make(program), FishCompletion.make(program),
    ]

    @Test("every flag that is shown is in each script with all its names, and no other", arguments: scripts)
    func names(script: String) {
        let words = Set(script.split { " \n()[]'=:*+".contains($0) }.map(String.init))
        for flag in Sample.sections.flatMap(\.flags) {
            let isThere = words.contains("--\(flag.name)") || words.contains(flag.name)
            #expect(isThere == flag.isShown, "\(flag.name)")
        }
        #expect(words.contains("--no-stream") || words.contains("no-stream"))
        #expect(!words.contains("key") && !words.contains("--key"))
    }

    @Test("names of shell functions hold no dash in bash, which allows none in all its modes")
    func functions() {
        #expect(Self.scripts[0].contains("\n_do_it() {") && Self.scripts[0].contains("\ncomplete -F _do_it do-it\n"))
        #expect(Self.scripts[1].hasPrefix("#compdef do-it\n"))
    }

    @Test("what shells would act on is made plain")
    func quoting() {
        #expect(Self.scripts[1].contains(#"'run:Run what'\''s there\: \[now\].'"#))
        #expect(Self.scripts[2].contains(#"-a run -d 'Run what\'s there: [now].'"#))
    }

    @Test("zsh and fish tell each value's meaning, bash its name")
    func meanings() {
        #expect(Self.scripts[0].contains("takes=value choices=(plain fancy unnamed) ;;"))
        #expect(Self.scripts[1].contains(#":KIND:(('\''plain\:As it is'\'' '\''fancy\:With a frill'\'' "#))
        #expect(Self.scripts[2].contains(#"-x -k -a 'plain\\t"As it is" fancy\\t"With a frill" unnamed' -d Kind"#))
    }

    @Test("choices, files and commands are offered where they are meant")
    func offers() {
        let bash = Self.scripts[0].split(separator: "\n").map { $0.drop { $0 == " " } }
        #expect(bash.contains("'run -p' | 'run --preview') takes=optional choices=(body head) ;;"))
        #expect(bash.contains("'run -t' | 'run --temperature') takes=value ;;"))
        #expect(bash.contains("run) offers=files ;;") && bash.contains("tell) choices=(run tell) ;;"))
        #expect(Self.scripts[1].contains("'*:argument:_files'"))
        #expect(Self.scripts[1].contains("'(-p --preview)-p[Preview]'"))
        #expect(Self.scripts[2].contains("-s p -l preview -k -a 'body head' -d Preview"))
    }
}
