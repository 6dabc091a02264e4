import Flags
import Testing

@Suite("Manual pages and Markdown")
struct DocumentTests {
    @Test("a manual page begins with its name, and shows flags in mdoc's way")
    func manPage() {
        var page = ManPage(name: "do-it", summary: "do it", date: "January 1, 2026")
        page.add(Sample.sections[1].outline)
        let lines = page.text.split(separator: "\n").map(String.init)
        #expect(lines.prefix(3) == [".Dd January 1, 2026", ".Dt DO-IT 1", ".Os"])
        #expect(lines.filter { $0.hasPrefix(".It") }.count == Sample.sections[1].flags.filter(\.isShown).count)
        #expect(!page.text.contains("process lists"), "what is refused is in no document")
        #expect(page.text.hasSuffix(".El\n"))
    }

    @Test("the synopsis names things as the description does, in capitals")
    func synopsis() {
        let outline = CommandOutline("run", "Run.", forms: ["A B [FLAGS]"])
        let program = ProgramOutline(CommandOutline("do-it", "Do it.", forms: ["COMMAND"]), commands: [outline])
        let page = ManPage.make(of: outline, in: program, date: "January 1, 2026")
        #expect(page.contains(".Nm do-it run\n.Ar A\n.Ar B\n.Op Ar FLAGS\n"))
    }

    @Test("a topic has a page of section 7, and commands do not repeat its sections")
    func topic() {
        let colors = (title: "Colors", terms: [(term: "red", meaning: "Hot.")])
        let sizes = (title: "Sizes", terms: [(term: "big", meaning: "Large.")])
        let outline = CommandOutline(
            "run", "Run.", forms: ["[FLAGS]"], lists: [colors, sizes],
            notes: [ManualPart("Body", .paragraphs(["One.", "Two."]), .lines([".start"]))])
        let topic = TopicOutline(
            "looks", "How it looks.", description: ["Words."], parts: [ManualPart("Colors", .terms(colors.terms))],
            related: [("do-it-run", 1)])
        let program = ProgramOutline(
            CommandOutline("do-it", "Do it.", forms: ["COMMAND"]), commands: [outline], topics: [topic])
        #expect(program.pageFiles == ["do-it.1", "do-it-run.1", "do-it-looks.7"])

        let page = ManPage.make(of: topic, in: program, date: "January 1, 2026")
        #expect(
            page.contains(".Dt DO-IT-LOOKS 7\n") && page.contains(".Sh COLORS\n.Bl -tag -width Ds\n.It red\nHot.\n"))
        #expect(page.hasSuffix(".Sh SEE ALSO\n.Xr do-it-run 1\n"))

        let command = ManPage.make(of: outline, in: program, date: "January 1, 2026")
        #expect(!command.contains("COLORS") && command.contains(".Sh SIZES\n"))
        #expect(command.contains(".Sh BODY\nOne.\n.Pp\nTwo.\n.Bd -literal -offset indent\n\\&.start\n.Ed\n"))
        #expect(command.hasSuffix(".Sh SEE ALSO\n.Xr do-it 1 ,\n.Xr do-it-looks 7\n"))
    }

    @Test("text that roff would act on is made plain")
    func roff() {
        var page = ManPage(name: "n", summary: "s", date: "d")
        page.add("TEXT", paragraphs: [#".begins with a period, holds a \n and --flag"#])
        let last = page.text.split(separator: "\n").dropFirst(7).joined(separator: " ")
        #expect(last == #"\&.begins with a period, holds a \en and \-\-flag"#)
    }

    @Test("a flag's values are a list below it in a manual page")
    func choices() {
        var page = ManPage(name: "n", summary: "s", date: "d")
        page.add(Sample.sections[0].outline)
        let list = ".Bl -tag -width unnamed -compact\n.It plain\nAs it is\n.It fancy\nWith a frill\n.It unnamed\n"
        #expect(page.text.contains("Kind.\nOf three.\n\(list)"), "\(page.text)")
    }

    @Test("bars in the cells of a table are escaped")
    func markdown() {
        #expect(MarkdownTable.make(["a", "b"], [["x|y", ""]]) == "| a | b |\n| --- | --- |\n| x\\|y |  |\n")
    }
}
