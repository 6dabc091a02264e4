import Testing

@testable import CLI
@testable import Evaluation

/// The worked example of the manual page.
@Suite("The manual page of score")
struct ScoreManualTests {
    private static let comparison = ScoreComparison(
        ScoreManual.example.map { example in
            let text = Array(example.text.utf8)
            return ContinuationScore(.text(text), text: text, logprob: example.logprob, tokens: example.tokens)
        }, by: .sum)

    @Test("its table is what the command prints of these log probabilities")
    func table() {
        let view = ScoreView(Self.comparison, prompt: .text([]), method: .echo, startToken: nil)
        let lines = view.table(fitting: nil, deciding: .sum).split(separator: "\n")
        #expect(lines.count == ScoreManual.exampleLines.count)
        for (line, example) in zip(lines, ScoreManual.exampleLines) {
            let shown = String(line.prefix(65))
            #expect(shown.trimmedEnd == example)
        }
    }

    @Test("its words are true: which one wins by each unit, and how")
    func words() {
        let winners = Normalization.allCases.map { Self.comparison.winner(by: $0) }
        #expect(winners == [0, 1, 1, 1])
        let long = Self.comparison.scores[1]
        #expect(long.chars == 15 && long.tokens == 4)
        #expect(long.value(.token) == -2.4 / 4 && long.value(.char) == -2.4 / 15)
    }
}

extension String {
    /// Without blanks at the end.
    fileprivate var trimmedEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
