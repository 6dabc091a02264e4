import API
import Rendering
import Testing

@Suite("Several choices as text")
struct ChoicesTests {
    private func chunk(_ text: String, _ index: Int = 0, end: Bool = false) -> String {
        Rendered.chunk(text, index, end: end)
    }

    @Test("each stands under a heading, in order, separated by a blank line")
    func headings() {
        let chunks = [chunk("a", 0, end: true), chunk("b\\n", 1, end: true), chunk("", 2, end: true)]
        let rendered = Rendered(.text, chunks) { $0.choiceCount = 3 }
        #expect(rendered.text == "==> choice 0 <==\na\n\n==> choice 1 <==\nb\n\n==> choice 2 <==\n")
    }

    @Test("choices that come out of order in one chunk are sorted, also when only one was asked for")
    func outOfOrder() {
        let reply =
            #"{"choices":[{"index":2,"text":"c","finish_reason":"stop"},{"index":0,"text":"a","finish_reason":"stop"},{"index":1,"text":"b","finish_reason":"stop"}]}"#
        let expected = "==> choice 0 <==\na\n\n==> choice 1 <==\nb\n\n==> choice 2 <==\nc\n"
        #expect(Rendered(.text, [reply], isWholeReply: true) { $0.choiceCount = 3 }.text == expected)
        #expect(Rendered(.text, [reply], isWholeReply: true).text == expected)
    }

    @Test("of interleaved choices the lowest that has not ended is written as it comes")
    func interleaved() {
        let chunks = [
            chunk("b", 1), chunk("a"), chunk("B", 1, end: true), chunk("A", end: true), chunk("c", 2),
            chunk("C", 2, end: true),
        ]
        let rendered = Rendered(.text, chunks) { $0.choiceCount = 3 }
        let first = "==> choice 0 <==\na"
        let second = "\n\n==> choice 1 <==\nbB\n"
        #expect(
            rendered.progress == [
                "", first, first, "\(first)A\(second)", "\(first)A\(second)\n==> choice 2 <==\nc",
                "\(first)A\(second)\n==> choice 2 <==\ncC\n",
            ])
        #expect(rendered.text == rendered.progress.last)
    }

    @Test("with NUL each choice is its bytes and a NUL, without headings")
    func nul() {
        let chunks = [chunk("b\\n", 1, end: true), chunk("a", end: true), chunk("", 2, end: true)]
        #expect(Rendered(.text, chunks) { ($0.choiceCount, $0.separator) = (3, .nul) }.text == "a\0b\n\0\0")
        #expect(Rendered(.text, [chunk("a", end: true)]) { $0.separator = .nul }.text == "a\0")
        let terminal = Rendered(.text, [chunk("a", end: true)]) { ($0.isTerminal, $0.separator) = (true, .nul) }
        #expect(terminal.text == "a\0")
    }

    @Test("text after a finish is not lost")
    func lateText() {
        let rendered = Rendered(.text, [chunk("a", end: true), chunk("late"), chunk("b", 1, end: true)]) {
            $0.choiceCount = 2
        }
        #expect(rendered.text == "==> choice 0 <==\na\n\n==> choice 1 <==\nb\n\n==> choice 0 <==\nlate\n")
    }

    @Test("what came of choices that never ended is there, in order")
    func unfinished() {
        let chunks = [chunk("c", 2), chunk("a"), chunk("b", 1)]
        let headed = Rendered(.text, chunks, isWhole: false) { $0.choiceCount = 3 }
        #expect(headed.text == "==> choice 0 <==\na\n\n==> choice 1 <==\nb\n\n==> choice 2 <==\nc\n")
        #expect(Rendered(.text, chunks, isWhole: false) { $0.separator = .nul }.text == "a\0b\0c\0")
    }

    @Test("a choice that never came is skipped")
    func missing() {
        let rendered = Rendered(.text, [chunk("b", 1, end: true), chunk("d", 3, end: true)]) { $0.choiceCount = 4 }
        #expect(rendered.text == "==> choice 1 <==\nb\n\n==> choice 3 <==\nd\n")
    }

    @Test("one choice alone has a heading when several were asked for")
    func oneOfSeveral() {
        #expect(Rendered(.text, [chunk("a", end: true)]) { $0.choiceCount = 2 }.text == "==> choice 0 <==\na\n")
    }

    @Test(
        "interleaved in any order, the output is that of one choice after the other", arguments: 0..<40 as Range<UInt64>
    )
    func anyOrder(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        var left = [3, 3, 3, 3]
        var chunks: [String] = []
        while left.contains(where: { $0 > 0 }) {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let index = Int(state >> 33) % 4
            guard left[index] > 0 else { continue }
            left[index] -= 1
            chunks.append(chunk("\(index)\(left[index])", index, end: left[index] == 0))
        }
        let rendered = Rendered(.text, chunks) { ($0.choiceCount, $0.separator) = (4, .nul) }
        #expect(rendered.text == "020100\0121110\0222120\0323130\0")
    }

    @Test("of several prompts, a heading names the prompt that its choice belongs to")
    func prompts() {
        let prompts = ["One \u{1B}[31m\n", String(repeating: "long ", count: 40)].map { Array($0.utf8) }
        let chunks = [Rendered.chunk("a", 0, end: true), Rendered.chunk("b", 1, end: true)]
        func rendered(_ format: Format, width: Int? = nil) -> [Substring] {
            Rendered(format, chunks) { context in
                (context.choiceCount, context.width) = (2, width)
                context.request = CompletionRequest(model: [], prompt: .texts(prompts))
            }.text.split(separator: "\n")
        }
        #expect(rendered(.text)[0] == #"==> choice 0, prompt 0: "One \x1b[31m\n" <=="#)
        #expect(rendered(.text)[2] == "==> choice 1, prompt 1: \"long long long long long long long long\u{2026}\" <==")
        #expect(rendered(.heatmap, width: 40).contains("==> choice 1, prompt 1: \"long long\u{2026}\" <=="))
        #expect(rendered(.markdown)[0] == #"### Choice 0, prompt 0: `"One \x1b[31m\n"`"#)
    }
}
