import Testing

@testable import Rendering

@Suite("Lines that break between words as these come")
struct LineWrapperTests {
    /// What a terminal that wraps nothing itself shows after the pieces; nil when one of them went beyond its last column.
    private func screen(_ output: String, columns: Int) -> [String]? {
        var lines: [[Character]] = [[]]
        var column = 0
        var rest = Array(output)[...]
        while let character = rest.popFirst() {
            switch character {
            case "\n":
                lines.append([])
                column = 0
            case "\u{1B}":
                let sequence = rest.prefix { !$0.isLetter }
                let end = rest.dropFirst(sequence.count).first
                if end == "D" { column -= Int(String(sequence.dropFirst())) ?? 0 }
                if end == "K" {
                    while Columns.count(String(lines[lines.count - 1])) > column { lines[lines.count - 1].removeLast() }
                }
                rest = rest.dropFirst(sequence.count + 1)
            default:
                lines[lines.count - 1].append(character)
                column += Columns.width(of: character)
            }
            if column > columns || column < 0 { return nil }
        }
        return lines.map { String($0) }
    }

    private func wrapped(_ pieces: [String], columns: Int, color: ColorDepth = .none) -> [String]? {
        var wrapper = LineWrapper(Paint(ColorSupport(depth: color, hasAttributes: true)), width: columns)
        let output = pieces.map { wrapper.write([.text($0, .heat(.remote))]) }.joined()
        return screen(output, columns: columns)
    }

    @Test("a word that crosses the edge stands on the next line, however it came", arguments: ColorDepth.allCases)
    func words(color: ColorDepth) {
        let text = "the quick brown foxes jumped over it"
        let expected = ["the quick brown ", "foxes jumped over it"]
        #expect(wrapped([text], columns: 21, color: color) == expected)
        #expect(wrapped(text.map { String($0) }, columns: 21, color: color) == expected)
        #expect(
            wrapped(["the qu", "ick brown f", "ox", "es jum", "ped over it"], columns: 21, color: color) == expected)
    }

    @Test("what is written is there at once")
    func live() {
        var wrapper = LineWrapper(Paint(.plain), width: 21)
        #expect(wrapper.write([.text("the quick brown fo", .plain)]) == "the quick brown fo")
        #expect(wrapper.write([.text("xes", .plain)]) == "\u{1B}[2D\u{1B}[K\nfoxes")
    }

    @Test("a word longer than a line is broken at the edge; wide characters break anywhere")
    func longWords() {
        let long = String(repeating: "x", count: 45)
        #expect(wrapped([long], columns: 21)?.map(\.count) == [20, 20, 5])
        #expect(wrapped(long.map { String($0) }, columns: 21)?.map(\.count) == [20, 20, 5])
        let wide = String(repeating: "\u{591C}", count: 14)
        #expect(wrapped(["word ", wide], columns: 21)?.map(\.count) == [12, 7])
    }

    @Test("one space may stand in the last column, and more begin a line")
    func spaces() {
        let text = String(repeating: "x", count: 20)
        #expect(wrapped([text + " y"], columns: 21) == [text + " ", "y"])
        #expect(wrapped([text + "  y"], columns: 21) == [text + " ", " y"])
    }

    @Test("no text goes beyond the edge or is lost, wherever it is cut", arguments: 1...20 as ClosedRange<UInt64>)
    func anything(seed: UInt64) {
        var state = seed
        func next(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        let characters = ["a", "b", "c", " ", "\u{591C}", "e\u{301}", "\u{1F600}", "[", "d", "x"]
        let pieces = (0..<200).map { _ in (0..<next(7)).map { _ in characters[next(characters.count)] }.joined() }
        for columns in [20, 33, 80] {
            let lines = wrapped(pieces, columns: columns, color: .direct)
            #expect(lines?.joined() == pieces.joined(), "\(columns)")
        }
    }

    @Test("a narrow terminal, and no terminal, is left to itself")
    func unlimited() {
        let text = String(repeating: "word ", count: 30)
        for width in [nil, 19] {
            var wrapper = LineWrapper(Paint(.plain), width: width)
            #expect(wrapper.write([.text(text, .plain)]) == text)
        }
    }
}
