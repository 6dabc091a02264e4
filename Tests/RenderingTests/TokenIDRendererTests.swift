import Rendering
import Testing

@Suite("Token IDs as text")
struct TokenIDRendererTests {
    private func chunk(_ tokens: String, _ index: Int = 0, end: Bool = false) -> String {
        let reason = end ? #""stop""# : "null"
        return #"{"choices":[{"index":\#(index),"text":"t","tokens":\#(tokens),"finish_reason":\#(reason)}]}"#
    }

    private func render(_ chunks: [String], separator: RenderContext.Separator = .heading) -> String {
        Rendered(.text, chunks) { ($0.showsTokenIDs, $0.separator) = (true, separator) }.text
    }

    @Test("the IDs stand on one line, separated by spaces, however they come")
    func oneLine() {
        #expect(render([chunk("[1,22,333]", end: true)]) == "1 22 333\n")
        #expect(render([chunk("[1]"), chunk("[]"), chunk("[22,333]"), chunk("[]", end: true)]) == "1 22 333\n")
    }

    @Test("each choice has a line, or a NUL")
    func choices() {
        let chunks = [chunk("[3]", 1, end: true), chunk("[1,2]", end: true)]
        #expect(render(chunks) == "1 2\n3\n")
        #expect(render(chunks, separator: .nul) == "1 2\u{0}3\u{0}")
    }

    @Test("a server that sent text all the same has its text shown")
    func text() {
        #expect(render([chunk("null", end: true)]) == "t")
        #expect(
            render([Rendered.chunk(""), Rendered.chunk("a\\n"), Rendered.chunk("b"), Rendered.chunk("", end: true)])
                == "a\nb")
        #expect(
            render([Rendered.chunk("b", 1, end: true), Rendered.chunk("a", end: true)])
                == "==> choice 0 <==\na\n\n==> choice 1 <==\nb\n")
        #expect(render([chunk("null", end: true)], separator: .nul) == "t\u{0}")
    }

    @Test("a choice without any has its line, and one whose ID comes late the others")
    func none() {
        #expect(render([#"{"choices":[{"index":0,"text":"","tokens":[],"finish_reason":"stop"}]}"#]) == "\n")
        let first = #"{"choices":[{"index":0,"text":"","tokens":[],"finish_reason":"stop"}]}"#
        #expect(render([first, chunk("[7]", 1, end: true)]) == "\n7\n")
    }

    @Test("IDs beside the text, as other servers send them, are those that were asked for")
    func besideText() {
        #expect(render([#"{"choices":[{"text":"t","token_ids":[4,5],"finish_reason":"stop"}]}"#]) == "4 5\n")
    }
}
