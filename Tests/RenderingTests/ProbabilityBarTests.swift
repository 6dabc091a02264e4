import Testing

@testable import Rendering

@Suite("Bars of probability")
struct ProbabilityBarTests {
    @Test("a bar is as long as its share, in eighths of a column")
    func eighths() {
        #expect(ProbabilityBar.draw(1, columns: 3) == "███")
        #expect(ProbabilityBar.draw(0.5, columns: 2) == "█")
        #expect(ProbabilityBar.draw(0.75, columns: 2) == "█▌")
        #expect((1...7).map { ProbabilityBar.draw(Double($0) / 8, columns: 1) } == ["▏", "▎", "▍", "▌", "▋", "▊", "▉"])
    }

    @Test("nothing shows for 0 alone, and nothing is longer than whole")
    func ends() {
        #expect(ProbabilityBar.draw(0, columns: 4) == "")
        #expect(ProbabilityBar.draw(1e-9, columns: 4) == "▏")
        #expect(ProbabilityBar.draw(7, columns: 4) == "████")
    }
}
