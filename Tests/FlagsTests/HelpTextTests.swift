import Flags
import Testing

@Suite("Help screens")
struct HelpTextTests {
    private static let words =
        "A tight limit also counts less against the rate limit, whose window is one minute, than a generous one does."

    private func screen(_ width: Int) -> HelpText {
        var help = HelpText(width: width)
        help.add(paragraph: Self.words)
        help.add(
            "Terms", terms: [("a", Self.words), ("a-term-that-is-longer-than-its-column", Self.words), ("b", "B.")])
        for section in Sample.sections { help.add(section.outline) }
        return help
    }

    @Test("no line is wider than the screen unless it is one word", arguments: [40, 60, 76, 80, 100, 200])
    func width(width: Int) {
        for line in screen(width).text.split(separator: "\n") where line.count > width {
            #expect(line.split(separator: " ").count == 1, "\(line)")
        }
    }

    @Test("every word of a text is on the screen, in order", arguments: [20, 40, 80])
    func nothingLost(width: Int) {
        var help = HelpText(width: width)
        help.add(paragraph: Self.words)
        #expect(help.text.split(whereSeparator: \.isWhitespace).joined(separator: " ") == Self.words)
    }

    @Test("no line ends in a space, and the text ends in one newline", arguments: [20, 40, 80, 200])
    func tidy(width: Int) {
        let text = screen(width).text
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).allSatisfy { $0.last != " " })
        #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
    }

    @Test("lines are filled as far as they go")
    func filled() {
        var help = HelpText(width: 10)
        help.add(paragraph: "aaaa bbbbb ccccc dddd")
        help.add(paragraph: "aaaa bbbbbb")
        #expect(help.text == "aaaa bbbbb\nccccc dddd\n\naaaa\nbbbbbb\n")
    }

    @Test("meanings stand in a column beside their terms, or below one that is too long")
    func columns() {
        var help = HelpText(width: 50)
        help.add(
            "Terms", terms: [("one", "First."), ("a-term-that-is-longer-than-24", "Second and last."), ("two", "x")])
        let margin = String(repeating: " ", count: 28)
        #expect(
            help.text == """
                Terms:
                  one                       First.
                  a-term-that-is-longer-than-24
                \(margin)Second and last.
                  two                       x

                """)
    }

    @Test("on a narrow screen meanings stand below all but short terms")
    func narrow() {
        var help = HelpText(width: 30)
        help.add("Terms", terms: [("a-longer-term", "What it means in several words."), ("130", "Told.")])
        #expect(
            help.text == """
                Terms:
                  a-longer-term
                          What it means in
                          several words.
                  130     Told.

                """)
    }

    @Test("on a narrow screen the short help's usage and example are broken between words")
    func narrowScreen() {
        let command = CommandOutline(
            "paint", "Paint a wall or a fence", forms: ["[COLOR] [FLAGS]"], examples: ["brush paint blue --twice"])
        #expect(
            HelpText.screen(of: command, named: "brush paint", isFull: false, width: 24).hasPrefix(
                """
                Paint a wall or a fence
                Usage:   brush paint
                         [COLOR] [FLAGS]
                Example: brush paint
                         blue --twice

                """))
    }

    @Test("a section shows how each flag is written and what it takes")
    func section() {
        var help = HelpText(width: 200)
        help.add(Sample.sections[0].outline)
        help.add(Sample.sections[1].outline)
        #expect(
            help.text == """
                Fields:
                  -t, --temperature X  Heat [range: 0..2]
                  -s, --seed N         Seed
                      --logprobs N     Probabilities [default: 3; range: 0..20]
                      --stop TEXT      Stop [up to 2 times]
                      --echo           Echo
                      --kind KIND      Kind
                                       Of three.
                                         plain    As it is
                                         fancy    With a frill
                                         unnamed

                Program:
                  -n, --name NAME           Name [default: usual; env: NAME]
                      --timeout TIME        Limit [such as 30s, 1.5m, 500ms; env: TIMEOUT]
                      --word WORD           Word
                  -q, --quiet               Hush
                  -l, --loud                Shout
                      --[no-]stream         Stream
                  -p, --preview[=body|head]
                                            Preview
                  -h, --help                Show help
                                            -h shows common flags, --help all of them.
                  -V, --version             Show version

                """)
    }

    @Test("lines that stand as they are do")
    func fixedLines() {
        var help = HelpText(width: 10)
        help.add("Usage", lines: ["program  with two spaces and more than ten columns"])
        #expect(help.text == "Usage:\n  program  with two spaces and more than ten columns\n")
    }
}
