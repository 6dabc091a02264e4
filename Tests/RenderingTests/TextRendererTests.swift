import Rendering
import Testing

@Suite("Text")
struct TextRendererTests {
    private func chunk(_ text: String, _ index: Int = 0, end: Bool = false) -> String {
        Rendered.chunk(text, index, end: end)
    }

    @Test func oneChoiceIsItsBytesAsTheyCome() {
        let rendered = Rendered(.text, [chunk(" a"), chunk("b\\n"), chunk("", end: true)])
        #expect(rendered.progress == [" a", " ab\n", " ab\n"] && rendered.text == " ab\n")
    }

    @Test func theLowestOpenChoiceIsLive() {
        let chunks = [
            chunk("b", 1), chunk("a"), chunk("B", 1, end: true), chunk("A", end: true), chunk("c", 2, end: true),
        ]
        let rendered = Rendered(.text, chunks) { $0.choiceCount = 3 }
        #expect(rendered.progress[1] == "==> choice 0 <==\na")
        #expect(rendered.progress[3] == "==> choice 0 <==\naA\n\n==> choice 1 <==\nbB\n")
        #expect(rendered.text == "==> choice 0 <==\naA\n\n==> choice 1 <==\nbB\n\n==> choice 2 <==\nc\n")
    }

    @Test func textAfterAFinishIsNotLost() {
        let rendered = Rendered(.text, [chunk("a", end: true), chunk("late"), chunk("b", 1, end: true)]) {
            $0.choiceCount = 2
        }
        #expect(rendered.text == "==> choice 0 <==\na\n\n==> choice 1 <==\nb\n\n==> choice 0 <==\nlate\n")
    }

    @Test func whatCameOfUnfinishedChoicesIsKept() {
        let rendered = Rendered(.text, [chunk("a"), chunk("b", 1)], isWhole: false) { $0.separator = .nul }
        #expect(rendered.text == "a\0b\0")
    }

    @Test func aTerminalGetsAFinalNewlineWhenItLacksOne() {
        #expect(Rendered(.text, [chunk("a", end: true)]) { $0.isTerminal = true }.text == "a\n")
        #expect(Rendered(.text, [chunk("a\\n", end: true)]) { $0.isTerminal = true }.text == "a\n")
        #expect(Rendered(.text, [chunk("", end: true)]) { $0.isTerminal = true }.text == "")
    }
}
