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

    @Test("the IDs stand on one line, parted by spaces, however they come")
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
        #expect(render([chunk("null", end: true)]) == "t\n")
    }
}
