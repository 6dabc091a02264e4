import Testing

@testable import Rendering

@Suite("Markdown text")
struct MarkdownTextTests {
    @Test("the fence of a code span is no run of backticks that the text has")
    func fences() {
        #expect(MarkdownText.code(#"" a""#) == #"`" a"`"#)
        #expect(MarkdownText.code(#""`""#) == #"``"`"``"#)
        #expect(MarkdownText.code(#""```""#) == #"`"```"`"#)
        #expect(MarkdownText.code(#""` ``""#) == #"```"` ``"```"#)
    }

    @Test("a text with runs of every length has its backticks spelled out")
    func everyLength() {
        let text = "\"" + (1...50).map { String(repeating: "`", count: $0) }.joined(separator: " ") + "\""
        let code = MarkdownText.code(text)
        #expect(code.hasPrefix(#"`"\x60 \x60\x60 "#) && code.count { $0 == "`" } == 2)
    }

    @Test("vertical bars in cells are escaped, also before a combining mark and after a backslash")
    func bars() {
        #expect(MarkdownText.row(["a", "|", "\\\\|", "|\u{301}|"]) == "| a | \\| | \\\\\\| | \\|\u{301}\\| |\n")
    }
}
